/** A mistake in the alarm rules hides none that a device makes of its alarms, and makes up none. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SiteCopy } from './testing/site-copy.ts';

const MORE_TYPES = `
  water.low: &other { priority: 2, onDelayMs: 0, offDelayMs: 0, latching: false, nameZh: x, nameEn: x, guidanceZh: x }
  device.offline: *other
  device.silent: *other
`;
const RULES = `
rules:
  points:
    - { type: water.low, profile: tiny-meter, point: power, below: per-device }
    - { type: lift.fault, profile: tiny-inputs, point: di1, is: true, channel: second }
    - { type: lift.fault, profile: tiny-inputs, point: di0, is: true }
  devices:
    - { type: device.offline, state: offline, carriesAlarms: true }
    - { type: device.offline, state: offline, carriesAlarms: false }
    - { type: device.silent, state: offline, carriesAlarms: true }
`;

const LIFT_ALARMS = '    alarms: { lift.fault: { above: 3 }, water.low: { priority: 2 } }\n';
/** Nothing is wrong with these, as long as all rules can be read. */
const PRESSURE_ALARMS = '    alarms: { water.low: { below: 0.2 }, device.silent: { priority: 1 } }\n';

const OF_RULES = [
  'site.yaml:29: "lift.fault" of lift-io has no limit above which it is raised',
  'site.yaml:29: no rule or input of lift-io raises "water.low"',
];
const OF_TYPES = ['site.yaml:33: there is no alarm type "lift.falt"'];
const OF_DEVICES = [
  'site.yaml:33: profile tiny-inputs has no channel 9 with a level',
  'site.yaml:38: there is no equipment "nosuch"',
];

let site: SiteCopy;
let rules: string;
beforeEach(() => {
  site = new SiteCopy();
  site.edit(
    'site.yaml',
    'channel: 1, source: lift-1, alarm: lift.fault',
    'channel: 9, source: lift-1, alarm: lift.falt',
  );
  site.edit('site.yaml', 'unit: 1\n', `unit: 1\n${LIFT_ALARMS}`);
  site.edit('site.yaml', 'unit: 21\n', `unit: 21\n${PRESSURE_ALARMS}    equipment: nosuch\n`);
  rules = `${site.read('rules.yaml').trimEnd()}${MORE_TYPES}${RULES.trimStart()}`;
  site.write('rules.yaml', rules);
});
afterEach(() => site.remove());

/** What is said of each file, without the hints, by line. */
async function said() {
  const lines = (await site.complaints()).map((line) => line.replace(/ \(.*$/, '').replace(/:\d+: error:/, ':'));
  const of = (file: string) => lines.filter((line) => line.startsWith(file)).sort();
  return { rules: of('rules.yaml').map((line) => line.replace(/^rules\.yaml:\d+: /, '')), site: of('site.yaml') };
}

it('says every mistake of the devices where the rules have none', async () => {
  expect(await said()).toEqual({ rules: [], site: [...OF_RULES, ...OF_TYPES, ...OF_DEVICES].sort() });
});

it.each([
  ['a type', 'onDelayMs: 10000', 'onDelayMs: -1', '"onDelayMs" must be at least 0, not -1'],
  ['a type without a priority', '    priority: 3\n', '', '"priority" is missing'],
  ['a limit', 'below: per-device', 'below: [1]', '"below" must be a number or per-device, not a list'],
  ['a hysteresis', 'per-device', 'per-device, hysteresis: much', '"hysteresis" must be a number, not "much"'],
  ['a key of a point rule', 'per-device', 'per-device, chanel: a', 'unknown key "chanel"'],
  ['the key of a channel', 'channel: second', 'chanel: second', 'unknown key "chanel"'],
  ['the state of a device rule', 'offline, carriesAlarms: true', 'of', '"state" must be one of offline, not "of"'],
  ['a key of a device rule', 'carriesAlarms: true', 'carryAlarms: true', 'unknown key "carryAlarms"'],
  ['a setting', 'true }', 'true, set: { priority: 0 } }', '"priority" must be at least 1, not 0'],
])('of %s', async (_, right, wrong, mistake) => {
  site.write('rules.yaml', rules.replace(right, wrong));
  const found = await said();
  expect(found.rules).toEqual([mistake]);
  expect(found.site).toEqual([...OF_RULES, ...OF_TYPES, ...OF_DEVICES].sort());
});

it.each([
  ['no types', 'types:', 'typs:'],
  ['broken YAML', 'types:', 'types: ['],
  ['no text', /.*/s, ''],
])('of a file with %s: what needs no type is said', async (_, right, wrong) => {
  site.write('rules.yaml', rules.replace(right, wrong));
  const found = await said();
  expect(found.rules).not.toEqual([]);
  expect(found.site).toEqual(OF_DEVICES);
});

it.each([
  ['rules that are a list', /rules:.*/s, 'rules: []'],
  ['point rules that are a map', /points:.*(?= {2}devices)/s, 'points: {}\n'],
  ['a rule that is a word', '    - { type: water', '    - water\n    - { type: water'],
])('of %s: what no rule can change is said', async (_, right, wrong) => {
  site.write('rules.yaml', rules.replace(right, wrong));
  expect((await said()).site).toEqual([...OF_TYPES, ...OF_DEVICES].sort());
});

it('is told with the line of a rule that follows one that cannot be read', async () => {
  site.write('rules.yaml', rules.replace('below: per-device', 'below: []').replace('point: di1', 'point: di7'));
  const lines = (await site.complaints()).filter((line) => line.startsWith('rules.yaml'));
  expect(lines.map((line) => line.replace(/ \(.*$/, ''))).toEqual([
    'rules.yaml:24:61: error: "below" must be a number or per-device, not a list',
    'rules.yaml:25:49: error: profile tiny-inputs has no point "di7"',
  ]);
});

it('of a profile that there is none of: which device a rule is about is not known', async () => {
  site.write('rules.yaml', rules.replace('water.low, profile: tiny-meter', 'water.low, profile: tiny-metr'));
  const found = await said();
  expect(found.rules).toEqual(['there is no profile "tiny-metr"']);
  expect(found.site).toEqual([OF_RULES[0], ...OF_TYPES, ...OF_DEVICES].sort());
});
