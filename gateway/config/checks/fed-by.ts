/** What feeds what: each feeder is there, and nothing feeds itself. */
import { error, type Finding } from '../mistakes/mistake.ts';
import type { Path } from '../mistakes/path.ts';
import { suggest } from '../mistakes/suggest.ts';
import type { CheckInput } from './input.ts';

export function checkFeeding({ config, known, lost }: CheckInput): Finding[] {
  if (lost.has(['equipment'])) return [];
  const feeders = new Map(config.equipment.map(({ id, fedBy }) => [id, fedBy]));
  const sections = ['equipment', 'buses', 'devices'] as const;
  return sections.flatMap((section) =>
    config[section].flatMap(({ id, fedBy }, index) => {
      const path: Path = [section, index, 'fedBy'];
      if (fedBy === undefined) return [];
      if (!known.equipment.has(fedBy)) {
        return [error(path, `there is no equipment ${JSON.stringify(fedBy)}`, suggest(fedBy, [...known.equipment]))];
      }
      return section === 'equipment' && feedsItself(id, feeders) ? [error(path, `${id} would feed itself`)] : [];
    }),
  );
}

function feedsItself(id: string, feeders: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let next = feeders.get(id); next !== undefined && !seen.has(next); next = feeders.get(next)) {
    if (next === id) return true;
    seen.add(next);
  }
  return false;
}
