/** Every mistake that a site file can make with what a fire alarm opens is said where it stands. */
import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { drivers } from '../../drivers/index.ts';
import { createSite, type SiteSketch } from '../testing/site.ts';
import { loadConfiguration } from './load.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const GATE = { id: 'gate', bus: 'b', unit: 8, profile: 'relay-barrier' };
const IO = { id: 'io', bus: 'b', unit: 9, profile: 'waveshare-io-8ch' };
const FIRE = {
  ...{ id: 'fire-io', bus: 'b', unit: 10, profile: 'wb-mcm8' },
  inputs: [{ channel: 0, source: 'fire-1', alarm: 'fire.alarm' }],
};
const EQUIPMENT = [
  { id: 'fire-1', nameZh: '一区', kind: 'fire' },
  { id: 'way-out', nameZh: '出口', kind: 'barrier' },
];
const OPEN = { device: 'gate', action: 'open' };

type Section = SiteSketch['fireRelease'];

/** What is said of a site with these devices besides the fire contact. */
async function said(fireRelease: Section, devices: SiteSketch['devices'] = [GATE, IO]): Promise<string[]> {
  const sketch: SiteSketch = {
    buses: [{ id: 'b', type: 'tcp-serial', host: '127.0.0.1', port: 1, baud: 115_200 }],
    ...{ equipment: EQUIPMENT, devices: [FIRE, ...devices] },
    ...(fireRelease !== undefined && { fireRelease }),
  };
  const site = createSite(sketch);
  folders.push(site.folder);
  const loaded = await loadConfiguration(site.siteFile, drivers);
  const mistakes = loaded.ok ? loaded.warnings : loaded.mistakes;
  return mistakes.map(
    ({ severity, message, hint }) => `${severity}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

const targets = (...list: readonly object[]) => ({ targets: list });

it.each<[name: string, fireRelease: Section, said: readonly string[], devices?: SiteSketch['devices']]>([
  ['nothing, where the barrier opens', targets(OPEN), []],
  [
    'nothing of a lock for one zone',
    targets(OPEN, { device: 'io', action: 'do0', value: false, sources: ['fire-1'] }),
    [],
  ],
  ['a section without targets', targets(), ['error: "targets" must have at least 1 entry, not a list']],
  [
    'a barrier that is forgotten',
    targets({ device: 'io', action: 'do0', value: true }),
    ['warning: no fire alarm opens gate (name it in fireRelease)'],
  ],
  [
    'a barrier of a site with fire alarms and without the section',
    undefined,
    ['warning: no fire alarm opens gate (name it in fireRelease)'],
  ],
  [
    'a barrier that is only known by what it belongs to',
    targets(OPEN),
    ['warning: no fire alarm opens io (name it in fireRelease)'],
    [GATE, { ...IO, equipment: 'way-out' }],
  ],
  ['nothing of a barrier that is switched off', undefined, [], [{ ...GATE, enabled: false }]],
  [
    'a device that there is not',
    targets(OPEN, { device: 'gat', action: 'open' }),
    ['error: there is no device "gat" (did you mean "gate"?)'],
  ],
  [
    'a command that there is not',
    targets({ device: 'gate', action: 'opne' }),
    ['error: gate has no command "opne" (did you mean "open"?)'],
  ],
  [
    'a relay that an action owns',
    targets({ device: 'gate', action: 'openRelay', value: true }),
    [expect.stringMatching(/^error: gate has no command "openRelay"/) as string],
  ],
  [
    'a device without commands',
    targets(OPEN, { device: 'fire-io', action: 'open' }),
    ['error: fire-io has no command "open" (its profile has no commands)'],
  ],
  [
    'a command that closes',
    targets({ device: 'gate', action: 'close' }),
    ['error: close does not open gate: it closes it'],
  ],
  [
    'a command that stops',
    targets({ device: 'gate', action: 'stop' }),
    ['error: stop does not open gate: it stops it'],
  ],
  ['a value where none belongs', targets({ ...OPEN, value: true }), ['error: open takes no value']],
  [
    'a value that is missing',
    targets(OPEN, { device: 'io', action: 'do0' }),
    ['error: do0 takes true or false (give a value)'],
  ],
  [
    'a value of another kind',
    targets(OPEN, { device: 'io', action: 'do0', value: 1 }),
    ['error: do0 takes true or false'],
  ],
  [
    'a value out of range',
    targets(OPEN, { device: 'drive', action: 'frequencyReference', value: 5_000 }),
    [expect.stringMatching(/^error: frequencyReference takes /) as string],
    [GATE, { id: 'drive', bus: 'b', unit: 11, profile: 'invt-goodrive' }],
  ],
  [
    "a home's supply",
    targets(OPEN, { device: 'meter', action: 'directClose' }),
    ["error: directClose of meter is about a home's supply, and opens no way out"],
    [GATE, { id: 'meter', bus: 'b', address: '000000000001', profile: 'dlt645-single-phase' }],
  ],
  [
    'an action that nothing shows',
    targets({ device: 'gate', action: 'pedestrian' }),
    [expect.stringMatching(/^warning: nothing shows that pedestrian has opened gate/) as string],
    [{ ...GATE, profile: 'roger-gate' }],
  ],
  [
    'a device that is switched off',
    targets(OPEN),
    ['warning: gate is switched off: no fire alarm opens it'],
    [{ ...GATE, enabled: false }],
  ],
  ['one command twice', targets(OPEN, OPEN), ['error: open of gate is a target already (one command, one target)']],
  [
    'a zone that there is not',
    targets({ ...OPEN, sources: ['fire-2'] }),
    ['error: there is no equipment or device "fire-2" (did you mean "fire-1"?)'],
  ],
  [
    'a zone without such an alarm',
    targets({ ...OPEN, sources: ['way-out'] }),
    ['warning: way-out has no alarm of type fire.alarm: it opens nothing'],
  ],
  [
    'a type that cannot occur',
    { alarms: ['fire.alarm', 'fire.alram'], ...targets(OPEN) },
    [
      expect.stringMatching(
        /^warning: no alarm of type fire.alram can occur here: it opens nothing \(did you mean "fire.alarm"\?\)/,
      ) as string,
    ],
  ],
  [
    'a wrong key of a target, and no other mistake for that',
    targets({ ...OPEN, vlaue: 1 }),
    ['error: unknown key "vlaue" (did you mean "value"?)'],
  ],
  [
    'what is out of bounds',
    { confirmWithinS: 4, ...targets(OPEN) },
    ['error: "confirmWithinS" must be at least 5, not 4'],
  ],
])('says %s', async (_, fireRelease, expected, devices) => {
  expect((await said(fireRelease, devices)).sort()).toEqual([...expected].sort());
});
