/** One name, one thing. A device and its equipment may share theirs: a barrier is both. */
import { error, type Finding } from '../mistakes/mistake.ts';
import type { SiteConfig } from '../site-config.ts';

export function checkIds({ buses, devices, equipment, broker, people }: SiteConfig): Finding[] {
  const users = repeated(broker.users.map(({ name }) => name)).map(([index, name]) =>
    error(['broker', 'users', index, 'name'], `two users are called ${JSON.stringify(name)}`, 'give one another name'),
  );
  return [
    ...twice('buses', buses),
    ...twice('devices', devices),
    ...twice('equipment', equipment),
    ...twice('people', people),
    ...users,
  ];
}

function twice(section: string, entries: readonly { readonly id: string }[]): Finding[] {
  return repeated(entries.map(({ id }) => id)).map(([index, id]) =>
    error([section, index, 'id'], `two of the ${section} have the id ${JSON.stringify(id)}`, 'give one another id'),
  );
}

/** The second and further occurrences, each with its position. */
function repeated(names: readonly string[]): [index: number, name: string][] {
  const seen = new Set<string>();
  return [...names.entries()].filter(([, name]) => {
    const known = seen.has(name);
    seen.add(name);
    return known;
  });
}
