/** Who may reset: of the roles that a type names somebody must have one, or nobody could ever end its alarms. */
import { ROLES, type Person, type Role } from '../config/people-schema.ts';
import type { Path } from '../config/mistakes/path.ts';
import type { AlarmMistake } from './draft.ts';
import type { AlarmFile } from './rule-file.ts';

/** `people`: null where it could not be read whole. Paths lead into the rule file. */
export function checkResetRoles(file: AlarmFile, people: readonly Person[] | null): AlarmMistake[] {
  if (people === null) return [];
  const held = new Set(people.flatMap(({ roles }) => roles));
  return namedRoles(file).flatMap(([path, roles]) => checkRoles(path, roles, people.length > 0 ? held : null));
}

type Named = readonly [path: Path, roles: readonly Role[]];

function namedRoles({ types, rules }: AlarmFile): Named[] {
  const ofTypes = Object.entries(types).map(([type, { resetRoles = [] }]): Named => [
    ['types', type, 'resetRoles'],
    resetRoles,
  ]);
  const ofRules = (['points', 'devices', 'buses'] as const).flatMap((kind) =>
    rules[kind].map(({ set }, index): Named => [['rules', kind, index, 'set', 'resetRoles'], set?.resetRoles ?? []]),
  );
  return [...ofTypes, ...ofRules].filter(([, roles]) => roles.length > 0);
}

/** `held`: the roles that somebody has; null where the site names nobody. */
function checkRoles(path: Path, roles: readonly Role[], held: ReadonlySet<Role> | null): AlarmMistake[] {
  if (held === null) {
    const message = 'the site names nobody, and so anybody may reset it';
    return [{ file: 'rules', path, message, hint: '"people" in the site file', severity: 'warning' }];
  }
  const vacant = roles.filter((role) => !held.has(role));
  const isEnd = vacant.length === roles.length;
  return vacant.map((role) => {
    const message = `nobody has the role ${role} (${ROLES[role]})${isEnd ? ': nobody could reset it' : ''}`;
    const hint = 'give it to one of the "people" in the site file';
    return {
      file: 'rules',
      path: [...path, roles.indexOf(role)],
      message,
      hint,
      severity: isEnd ? 'error' : 'warning',
    };
  });
}
