/** Every mistake that a site can make with its people, and with who may reset, is said where it stands. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SiteCopy } from './testing/site-copy.ts';

let site: SiteCopy;
beforeEach(() => {
  site = new SiteCopy();
});
afterEach(() => site.remove());

const people = (...lines: readonly string[]): string =>
  ['people:', ...lines.map((line) => `  - ${line}`), 'buses:'].join('\n');
const LI = '{ id: li, name: 李明, roles: [guard] }';

/** With these people, line 10 on, and with these roles at the first type of the rules. */
async function said(persons: readonly string[], roles: string | null): Promise<string[]> {
  if (persons.length > 0) site.edit('site.yaml', 'buses:', people(...persons));
  if (roles !== null) site.edit('rules.yaml', '    pulses: true\n', `    pulses: true\n    resetRoles: ${roles}\n`);
  return (await site.complaints()).map((line) => line.replace(/:\d+: /, ': '));
}

it.each<[name: string, persons: readonly string[], roles: string | null, said: readonly string[]]>([
  ['nothing, where all is there', [LI], '[guard]', []],
  ['nothing of people whom no type asks for', [LI], null, []],
  [
    'a role that there is not',
    ['{ id: li, name: 李明, roles: [gard] }'],
    null,
    [
      'site.yaml:11: error: entry 1 of "roles" must be one of guard, supervisor, engineer, manager, not "gard" (did you mean "guard"?)',
    ],
  ],
  ['a person without a name', ['{ id: li }'], null, ['site.yaml:11: error: "name" is missing']],
  [
    'two persons of one name',
    [LI, LI],
    null,
    ['site.yaml:12: error: two of the people have the id "li" (give one another id)'],
  ],
  [
    'a role of a type that there is not',
    [LI],
    '[engineeer]',
    [
      'rules.yaml:8: error: entry 1 of "resetRoles" must be one of guard, supervisor, engineer, manager, not "engineeer" (did you mean "engineer"?)',
    ],
  ],
  [
    'a role that nobody has, where nobody else may',
    [LI],
    '[engineer]',
    [
      'rules.yaml:8: error: nobody has the role engineer (工程人员): nobody could reset it (give it to one of the "people" in the site file)',
    ],
  ],
  [
    'a role that nobody has, where others may: it can wait',
    [LI],
    '[engineer, guard]',
    [
      'rules.yaml:8: warning: nobody has the role engineer (工程人员) (give it to one of the "people" in the site file)',
    ],
  ],
  [
    'roles without people, for then anybody resets',
    [],
    '[guard]',
    ['rules.yaml:8: warning: the site names nobody, and so anybody may reset it ("people" in the site file)'],
  ],
])('%s', async (_, persons, roles, expected) => {
  expect(await said(persons, roles)).toEqual(expected);
});

it('says no more of roles where the people could not be read whole', async () => {
  const found = await said(['{ id: li, name: 李明, roles: [gard] }'], '[engineer]');
  expect(found).toEqual([expect.stringContaining('of "roles" must be one of')]);
});
