import { describe, expect, it } from 'vitest';
import { busAlarms, busReading } from './bus-alarms.ts';
import { checkSuppression } from './check-suppression.ts';
import { explain, type Feeding } from './explain.ts';
import { alarmFileSchema } from './rule-file.ts';
import { definition } from './testing/site.ts';

const type = { nameZh: '试验', nameEn: 'Trial', guidanceZh: '查看', onDelayMs: 0, offDelayMs: 0, latching: false };
const TYPES = {
  'lift.carAlarm': { ...type, priority: 1 },
  'power.loss': { ...type, priority: 2 },
  'bus.offline': { ...type, priority: 3 },
  'device.offline': { ...type, priority: 3 },
};
const fileWith = (rules: object) => alarmFileSchema.parse({ types: TYPES, rules });
const SUPPRESSION = {
  'bus.offline': { hides: ['device.offline'], holdS: 60 },
  'power.loss': { hides: ['device.offline', 'bus.offline'] },
};

const points = { kind: 'points', tests: [], pulse: null } as const;
const silence = { kind: 'deviceState', state: 'offline' } as const;
const lossAt = (source: string) => definition(source, 'power.loss', points, {}, `meter-of-${source}`);
const silenceOf = (device: string) => definition(device, 'device.offline', silence, {}, device);
const BUS = definition('line-1', 'bus.offline', points, {}, 'bus:line-1');

/** The causes of each alarm that has any. */
function causes(definitions: Parameters<typeof explain>[0], site: Partial<Feeding>) {
  const whole = { buses: [], devices: [], equipment: [], ...site };
  const explained = explain(definitions, whole, fileWith({ suppression: SUPPRESSION }).rules.suppression);
  return Object.fromEntries(
    explained.flatMap(({ alarm, explainedBy }) =>
      explainedBy ? [[alarm, explainedBy.map(({ cause }) => cause)]] : [],
    ),
  );
}

describe('what explains an alarm', () => {
  it('is the bus of its device', () => {
    const devices = [
      { id: 'd1', bus: 'line-1' },
      { id: 'd2', bus: 'line-2' },
    ];
    expect(causes([BUS, silenceOf('d1'), silenceOf('d2')], { devices })).toEqual({
      'd1--device-offline': ['line-1--bus-offline'],
    });
  });

  it('is what feeds the device, its equipment or its bus, and what feeds that', () => {
    const site = {
      equipment: [{ id: 'mains' }, { id: 'panel', fedBy: 'mains' }, { id: 'pump', fedBy: 'panel' }],
      buses: [{ id: 'line-1', fedBy: 'mains' }],
      devices: [
        { id: 'on-panel', bus: 'line-2', fedBy: 'panel' },
        { id: 'on-line-1', bus: 'line-1' },
        { id: 'drive', bus: 'line-2', equipment: 'pump' },
        { id: 'elsewhere', bus: 'line-2', equipment: 'mains' },
      ],
    };
    const silences = ['on-panel', 'drive', 'on-line-1', 'elsewhere'].map(silenceOf);
    const fault = definition('pump', 'bus.offline', points, {}, 'drive');
    expect(causes([lossAt('mains'), lossAt('panel'), BUS, fault, ...silences], site)).toEqual({
      'line-1--bus-offline': ['mains--power-loss'],
      'on-panel--device-offline': ['panel--power-loss', 'mains--power-loss'],
      'drive--device-offline': ['panel--power-loss', 'mains--power-loss'],
      'pump--bus-offline': ['panel--power-loss', 'mains--power-loss'],
      'on-line-1--device-offline': ['line-1--bus-offline', 'mains--power-loss'],
    });
  });

  it('is not a piece of equipment that has the id of the bus', () => {
    const devices = [{ id: 'd1', bus: 'line-1' }];
    expect(causes([lossAt('line-1'), silenceOf('d1')], { devices, equipment: [{ id: 'line-1' }] })).toEqual({});
  });

  it('is nothing for an alarm of priority 1, and for what is fed in a ring it ends', () => {
    const ring = [
      { id: 'a', fedBy: 'b' },
      { id: 'b', fedBy: 'a' },
    ];
    const devices = [{ id: 'd1', bus: 'line-1', fedBy: 'a' }];
    const urgent = definition('d1', 'device.offline', silence, { priority: 1 }, 'd1');
    expect(causes([lossAt('a'), lossAt('b'), urgent], { devices, equipment: ring })).toEqual({});
    expect(causes([lossAt('a'), lossAt('b'), silenceOf('d1')], { devices, equipment: ring })).toEqual({
      'd1--device-offline': ['a--power-loss', 'b--power-loss'],
    });
  });
});

describe('rules of suppression', () => {
  const mistakes = (suppression: object) =>
    checkSuppression(fileWith({ suppression })).map(({ path, message, hint }) => [
      path.slice(2).join('.'),
      message,
      hint,
    ]);

  it('name types that there are, and none of priority 1', () => {
    expect(mistakes(SUPPRESSION)).toEqual([]);
    expect(mistakes({ 'power.lost': { hides: ['device.ofline', 'lift.carAlarm'] } })).toEqual([
      ['power.lost', 'there is no alarm type "power.lost"', 'did you mean "power.loss"?'],
      ['power.lost.hides.0', 'there is no alarm type "device.ofline"', 'did you mean "device.offline"?'],
      ['power.lost.hides.1', 'lift.carAlarm is of priority 1: nothing hides it', undefined],
    ]);
  });

  it('let no two alarms hide each other', () => {
    const round = { 'bus.offline': { hides: ['power.loss'] }, 'power.loss': { hides: ['bus.offline'] } };
    expect(mistakes(round).map(([path]) => path)).toEqual(['bus.offline.hides.0', 'power.loss.hides.0']);
    expect(mistakes({ 'bus.offline': { hides: ['bus.offline'] } })).toHaveLength(1);
  });
});

describe('the alarm of a bus', () => {
  const rules = fileWith({
    buses: [
      { type: 'bus.offline', state: 'offline', carriesAlarms: true },
      { type: 'bus.offline', state: 'offline', carriesAlarms: false, set: { priority: 4 } },
    ],
  });
  const device = (id: string, bus: string, enabled = true) => ({ id, bus, enabled });

  it('is more urgent where alarms come in over the bus, and none where nobody is polled', () => {
    const buses = [{ id: 'lifts' }, { id: 'meters' }, { id: 'spare' }];
    const devices = [device('io', 'lifts'), device('meter', 'meters'), device('off', 'spare', false)];
    const contact = definition('lift-1', 'lift.carAlarm', points, {}, 'io');
    const found = busAlarms(buses, devices, [contact, silenceOf('io'), silenceOf('meter')], rules);
    expect(found.map(({ alarm, device: of, settings }) => [alarm, of, settings.priority])).toEqual([
      ['lifts--bus-offline', 'bus:lifts', 3],
      ['meters--bus-offline', 'bus:meters', 4],
    ]);
  });

  it('is not judged before all have been asked, as after a start: silence clears nothing', () => {
    const unknown = { point: 'offline', value: null, quality: 'bad', at: 5 };
    expect(busReading(true, ['offline', 'unknown'], 5)).toMatchObject(unknown);
    expect(busReading(true, ['unknown', 'unknown'], 5)).toMatchObject(unknown);
    expect(busReading(false, ['unknown', 'unknown'], 5)).toMatchObject({ value: true, quality: 'good' });
  });

  it.each([
    ['is not connected', false, ['online'], true],
    ['is connected', true, ['online', 'offline'], false],
    ['has two devices, both offline', true, ['offline', 'offline'], true],
    ['has one device, which may be broken itself', true, ['offline'], false],
    ['has a device that answers', true, ['unknown', 'degraded', 'offline'], false],
    ['has one device, which has not been asked yet', true, ['unknown'], false],
  ] as const)('goes by whether it %s', (_, connected, states, isOffline) => {
    expect(busReading(connected, states, 5)).toEqual({ point: 'offline', value: isOffline, quality: 'good', at: 5 });
  });
});
