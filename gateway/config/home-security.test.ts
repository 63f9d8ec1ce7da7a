/** Every mistake that a site file can make with the zones of a home is said where it stands. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SiteCopy } from './testing/site-copy.ts';

let site: SiteCopy;
beforeEach(() => {
  site = new SiteCopy();
  site.write('rules.yaml', `${site.read('rules.yaml')}${TYPES.map(typeOf).join('')}`);
  site.edit(
    'site.yaml',
    'channel: 1, source: lift-1, alarm: lift.fault',
    'channel: 0, source: lift-1, alarm: lift.fault',
  );
  site.edit('site.yaml', '      - { channel: 0, source: lift-1, alarm: lift.carAlarm }\n', '');
});
afterEach(() => site.remove());

const TYPES = ['home.intrusion', 'home.sos', 'home.gas', 'home.duress', 'input.tamper', 'input.lineFault'];

function typeOf(type: string): string {
  const behaviour = 'priority: 2, onDelayMs: 0, offDelayMs: 0, latching: true';
  return `  ${type}: { ${behaviour}, nameZh: 试验, nameEn: Trial, guidanceZh: 查看现场 }\n`;
}

/** Written below the lift, on line 9. */
function home(zones: readonly string[], more = '', kind = 'home'): void {
  const entry = `{ id: flat, nameZh: 一号房, kind: ${kind}, security: { ${more}zones: [${zones.join(', ')}] } }`;
  site.edit('site.yaml', 'kind: lift }\n', `kind: lift }\n  - ${entry}\n`);
}

const zone = (wire: string, kind = 'instant', id = 'door') => `{ id: ${id}, nameZh: 门, kind: ${kind}, ${wire} }`;
const DOOR = zone('device: lift-io, channel: 1');
const EOL = 'eol: { normal: 2, alarm: 4, tolerance: 0.5 }';
const LINE = `device: pressure, point: energy, ${EOL}`;

const SELDOM =
  'site.yaml:9: warning: energy of tiny-meter is read as slow, and not as an alarm: what happens in between is lost (poll: alarm in the profile)';

async function said(): Promise<string[]> {
  return (await site.complaints()).map((line) => line.replace(/:\d+: (error|warning):/, ': $1:')).sort();
}

it.each<[name: string, zones: readonly string[], said: readonly string[]]>([
  ['nothing of a contact that there is', [DOOR], []],
  [
    'a channel that there is not',
    [zone('device: lift-io, channel: 7')],
    ['site.yaml:9: error: profile tiny-inputs has no channel 7 with a level (it has 0, 1)'],
  ],
  [
    'a channel of what is no input module',
    [zone('device: pressure, channel: 0')],
    ['site.yaml:9: error: profile tiny-meter has no channel 0 with a level (it is no input module)'],
  ],
  [
    'a device that there is not',
    [zone('device: lift-oi, channel: 1')],
    ['site.yaml:9: error: there is no device "lift-oi" (did you mean "lift-io"?)'],
  ],
  [
    'a contact that is an input already',
    [zone('device: lift-io, channel: 0')],
    ['site.yaml:9: error: channel 0 of lift-io is used already (one contact, one meaning)'],
  ],
  [
    'two zones on one contact',
    [DOOR, zone('device: lift-io, channel: 1', 'instant', 'window')],
    ['site.yaml:9: error: channel 1 of lift-io is used already (one contact, one meaning)'],
  ],
  [
    'two zones of one name, whose alarms would be one',
    [DOOR, zone(LINE)],
    ['site.yaml:9: error: two zones of the home are called "door" (give one another id)', SELDOM],
  ],
  [
    'neither a channel nor a point',
    [zone('device: lift-io')],
    ['site.yaml:9: error: "channel" is missing (or a point, with its eol)'],
  ],
  [
    'a channel and a point',
    [zone(`device: pressure, channel: 1, point: energy, ${EOL}`)],
    ['site.yaml:9: error: a zone is a contact or a line, and not both (remove channel, or point and eol)'],
  ],
  [
    'a point without what it shows',
    [zone('device: pressure, point: energy')],
    ['site.yaml:9: error: "eol" is missing (what the point shows: normal, alarm, tolerance)'],
  ],
  [
    'a line that is inverted',
    [zone(`${LINE}, invert: true`)],
    ['site.yaml:9: error: a line is not inverted: its eol says what is normal'],
  ],
  [
    'a point that there is not',
    [zone(LINE.replace('energy', 'enrgy'))],
    ['site.yaml:9: error: profile tiny-meter has no point "enrgy" (did you mean "energy"?)'],
  ],
  [
    'a point that is no quantity',
    [zone(`device: lift-io, point: di0Count, ${EOL}`)],
    ['site.yaml:9: error: di0Count of tiny-inputs is no quantity: it has no resistors at its end'],
  ],
  [
    'values that are not told apart',
    [zone('device: pressure, point: energy, eol: { normal: 2, alarm: 4, short: 1.5, open: 9, tolerance: 0.4 }')],
    [
      'site.yaml:9: error: short (1.5) and normal (2) are not told apart with a tolerance of 0.4 (a smaller tolerance, or other resistors)',
      SELDOM,
    ],
  ],
  ['a line that is seldom read', [zone(LINE)], [SELDOM]],
  [
    'a panic button on a channel without a counter',
    [zone('device: lift-io, channel: 1', 'panic')],
    [
      'site.yaml:9: warning: panic is for life, and tiny-inputs neither counts nor latches its inputs: a pulse between two polls is lost (wire it to a module with counters)',
    ],
  ],
  [
    'a kind that there is not',
    [zone('device: lift-io, channel: 1', 'instnat')],
    [
      'site.yaml:9: error: "kind" must be one of instant, delayed, follower, twentyFourHour, panic, gas, tamper, not "instnat" (did you mean "instant"?)',
    ],
  ],
  [
    'a channel that is text, and nothing of a channel that is missing',
    [zone('device: lift-io, channel: one')],
    ['site.yaml:9: error: "channel" must be a number, not "one"'],
  ],
  [
    'a zone without its module, and nothing of a module that there is not',
    [zone('channel: 1')],
    ['site.yaml:9: error: "device" is missing'],
  ],
  ['no zones', [], ['site.yaml:9: error: "zones" must have at least 1 entry, not a list']],
])('says %s', async (_, zones, expected) => {
  home(zones);
  expect(await said()).toEqual(expected);
});

it('says what is no home', async () => {
  home([DOOR], '', 'pump');
  expect(await said()).toEqual(['site.yaml:9: error: flat is no home: only homes have zones (kind: home)']);
});

it('says a keyswitch that shares its contact, or has none', async () => {
  home([DOOR], 'keyswitch: { device: lift-io, channel: 1 }, ');
  expect(await said()).toEqual(['site.yaml:9: error: channel 1 of lift-io is used already (one contact, one meaning)']);
  site.edit('site.yaml', 'keyswitch: { device: lift-io, channel: 1 }', 'keyswitch: { device: lift-io }');
  expect(await said()).toEqual(['site.yaml:9: error: "channel" is missing']);
});

it.each([
  ['entryS: 301, ', '"entryS" must be at most 300, not 301'],
  ['exitS: -1, ', '"exitS" must be at least 0, not -1'],
])('says a delay of %s', async (delay, message) => {
  home([DOOR], delay);
  expect(await said()).toEqual([`site.yaml:9: error: ${message}`]);
});

it('says a tolerance of nothing', async () => {
  home([zone(LINE.replace('0.5', '0'))]);
  expect(await said()).toEqual(['site.yaml:9: error: "tolerance" must be at least 0.001, not 0']);
});

it('says which types the rules lack', async () => {
  home([DOOR]);
  for (const type of ['home.intrusion', 'home.duress']) site.edit('rules.yaml', typeOf(type), '');
  expect(await said()).toEqual([
    expect.stringMatching(/^site.yaml:9: error: there is no alarm type "home.duress", which homes with zones need/),
    expect.stringMatching(
      /^site.yaml:9: error: there is no alarm type "home.intrusion", which zones of this kind raise/,
    ),
  ]);
});

it('lets a device change the alarms of the zones that are wired to it', async () => {
  home([DOOR]);
  site.edit(
    'site.yaml',
    '    profile: tiny-inputs\n',
    '    profile: tiny-inputs\n    alarms: { home.intrusion: { priority: 1 } }\n',
  );
  expect(await said()).toEqual([]);
  const loaded = await site.load();
  if (!loaded.ok) throw new Error('not loaded');
  const alarm = loaded.config.alarms.find(({ type }) => type === 'home.intrusion');
  expect(alarm).toMatchObject({ alarm: 'flat--home-intrusion--door', device: 'lift-io', settings: { priority: 1 } });
});
