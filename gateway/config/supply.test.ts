/** What a site file may get wrong about cutting homes' supplies is said where it stands; it never keeps a configuration from being applied. */
import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { drivers } from '../../drivers/index.ts';
import { createSite, type SiteSketch } from '../testing/site.ts';
import { loadConfiguration } from './load.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const METER = { id: 'meter-1', bus: 'b', address: '000012345678', profile: 'dlt645-single-phase' };
const LAMP = { id: 'lamp', bus: 'c', unit: 9, profile: 'waveshare-io-8ch' };
const person = (id: string, ...roles: string[]) => ({ id, name: id, roles });

/** What is said of a site with these. */
async function said(supply: SiteSketch['supply'], people: SiteSketch['people'] = []): Promise<string[]> {
  const line = { type: 'tcp-serial', host: '127.0.0.1', port: 1, replyTimeoutMs: 1_000 };
  const buses = [
    { ...line, id: 'b', baud: 2_400, format: '8E1' },
    { ...line, id: 'c', port: 2, baud: 115_200 },
  ];
  const site = createSite({ buses, devices: [METER, LAMP], people, ...(supply && { supply }) });
  folders.push(site.folder);
  const loaded = await loadConfiguration(site.siteFile, drivers);
  const mistakes = loaded.ok ? loaded.warnings : loaded.mistakes;
  return mistakes.map(
    ({ severity, message, hint }) => `${severity}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

const allow = ['meter-1'];

it.each<[name: string, said: readonly string[], supply: SiteSketch['supply'], people?: SiteSketch['people']]>([
  ['nothing of a site that allows nothing', [], {}],
  ['nothing, where the meter has a breaker', [], { allow }],
  [
    'a device that there is not',
    ['warning: there is no device "meter-2": it allows nothing (did you mean "meter-1"?)'],
    { allow: ['meter-2'] },
  ],
  [
    'a device that nothing is like, with each that there is once',
    ['warning: there is no device "valve-of-the-garden": it allows nothing (there is meter-1, lamp)'],
    { allow: ['valve-of-the-garden'] },
  ],
  [
    'a device that cuts nobody off',
    ['warning: lamp has no breaker and no valve that can be commanded: it allows nothing'],
    { allow: ['lamp'] },
  ],
  [
    'a role where the site names nobody',
    ['warning: the site names nobody, and so anybody may ask for it ("people" in the site file)'],
    { allow, roles: ['manager'] },
  ],
  ['nothing, where two may', [], { allow, roles: ['manager'] }, [person('li', 'manager'), person('wang', 'manager')]],
  [
    'a role that one person has',
    ['warning: 1 of the people has the role manager (项目经理): one asks for it, and another one has to confirm'],
    { allow, roles: ['manager'] },
    [person('li', 'manager'), person('wang', 'guard')],
  ],
  [
    'a site of one person',
    ['warning: the site names one person: one asks for it, and another one has to confirm'],
    { allow },
    [person('li', 'guard')],
  ],
])('is said: %s', async (_, expected, supply, people) => {
  expect(await said(supply, people)).toEqual(expected);
});
