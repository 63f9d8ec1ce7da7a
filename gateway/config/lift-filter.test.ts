/** Every mistake that a site file can make with the filter of a lift is said where it stands. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SiteCopy } from './testing/site-copy.ts';

let site: SiteCopy;
beforeEach(() => {
  site = new SiteCopy();
});
afterEach(() => site.remove());

type Edit = readonly [what: string, by: string];
const FAULT = 'channel: 1, source: lift-1, alarm: lift.fault';
const BUTTON = 'channel: 0, source: lift-1, alarm: lift.carAlarm';
const filter = (settings = ''): Edit => ['kind: lift }', `kind: lift, filter: {${settings}} }`];
const channel1 = (meaning: string): Edit => [FAULT, `channel: 1, source: lift-1, ${meaning}`];
const DOOR = channel1('signal: doorOpen');
const device = (inputs: string): Edit => [
  '  - id: pressure',
  `  - { id: lift-io-2, bus: lifts, unit: 2, profile: tiny-inputs, inputs: [${inputs}] }\n  - id: pressure`,
];
const NO_DOOR =
  'site.yaml:8: nothing tells that the doors of lift-1 are open (an input of lift-io with signal: doorOpen)';

it.each<[name: string, edits: readonly Edit[], said: readonly string[]]>([
  ['nothing, where all is there', [filter(), DOOR], []],
  ['nothing of a signal that no filter goes by', [DOOR], []],
  ['a filter without contacts', [filter()], [NO_DOOR]],
  ['one that only knows whether the car moves', [filter(), channel1('signal: running')], [NO_DOOR]],
  ['a shorter hold', [filter(' holdS: 14 '), DOOR], ['site.yaml:8: "holdS" must be at least 15, not 14']],
  ['a longer hold', [filter(' holdS: 31 '), DOOR], ['site.yaml:8: "holdS" must be at most 30, not 31']],
  [
    'a filter and a signal of what is no lift',
    [['kind: lift }', 'kind: pump, filter: {} }'], DOOR],
    [
      'site.yaml:32: lift-1 is no lift: only lifts have signals',
      'site.yaml:8: lift-1 is no lift: only the button of a lift has a filter',
    ],
  ],
  [
    'a filter of a lift without a button',
    [filter(), DOOR, [BUTTON, 'channel: 0, source: lift-1, alarm: lift.fault']],
    ['site.yaml:8: no input is the alarm button of lift-1 (give one alarm: lift.carAlarm)'],
  ],
  [
    'an input that is both',
    [channel1('alarm: lift.fault, signal: doorOpen')],
    ['site.yaml:32: an input is an alarm or a signal, and not both (remove one of them)'],
  ],
  [
    'an input that is neither',
    [[FAULT, 'channel: 1, source: lift-1']],
    ['site.yaml:32: "alarm" is missing (or what signal it is: doorOpen or running)'],
  ],
  [
    'a signal that there is not, and nothing of the filter that may want it',
    [filter(), channel1('signal: dorOpen')],
    ['site.yaml:32: "signal" must be one of doorOpen, running, not "dorOpen" (did you mean "doorOpen"?)'],
  ],
  [
    'a signal of a channel that there is not',
    [filter(), [FAULT, 'channel: 7, source: lift-1, signal: doorOpen']],
    ['site.yaml:32: profile tiny-inputs has no channel 7 with a level (it has 0, 1)'],
  ],
  [
    'a signal of two contacts',
    [DOOR, device('{ channel: 1, source: lift-1, signal: doorOpen }')],
    ['site.yaml:33: doorOpen of lift-1 is another input already (one signal, one contact)'],
  ],
  [
    'a contact on another module than the button',
    [filter(), device('{ channel: 1, source: lift-1, signal: doorOpen }')],
    [
      'site.yaml:33: the alarm button of lift-1 is on lift-io, and this is on lift-io-2 (wire it to the module of the button: there both are read together)',
    ],
  ],
  [
    'such a contact, and none for the doors',
    [filter(), device('{ channel: 1, source: lift-1, signal: running }')],
    [
      'site.yaml:33: the alarm button of lift-1 is on lift-io, and this is on lift-io-2 (wire it to the module of the button: there both are read together)',
      NO_DOOR,
    ],
  ],
])('says %s', async (_, edits, said) => {
  for (const [what, by] of edits) site.edit('site.yaml', what, by);
  const complaints = await site.complaints();
  expect(complaints.map((line) => line.replace(/:\d+: error:/, ':')).sort()).toEqual(said);
});
