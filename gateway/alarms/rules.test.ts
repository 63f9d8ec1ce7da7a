import { describe, expect, it } from 'vitest';
import type { Point, Profile } from '../../drivers/contract.ts';
import { deviceSchema } from '../config/schema.ts';
import { alarmFileSchema } from './rule-file.ts';
import { resolveAlarms } from './rules.ts';

const type = { nameZh: '试验', nameEn: 'Trial', guidanceZh: '查看', priority: 3, onDelayMs: 0, offDelayMs: 0 };
const TYPES = {
  'lift.carAlarm': { ...type, priority: 1, latching: true, pulses: true },
  'pump.fault': { ...type, latching: false },
  'pump.pressureLow': { ...type, latching: false },
  'device.offline': { ...type, latching: false },
};

const points: (Point & { type?: string })[] = [
  { key: 'di0', nameZh: '输入0', poll: 'alarm', type: 'bool', channel: 0, role: 'level' },
  { key: 'di0Count', nameZh: '计数0', poll: 'alarm', type: 'u32', channel: 0, role: 'counter' },
  { key: 'di0Latch', nameZh: '锁存0', poll: 'alarm', type: 'bool', channel: 0, role: 'latch' },
  { key: 'di1', nameZh: '输入1', poll: 'alarm', type: 'bool', channel: 1, role: 'level' },
  { key: 'di2', nameZh: '输入2', poll: 'alarm', type: 'bool', channel: 2, role: 'level' },
  { key: 'di2Latch', nameZh: '锁存2', poll: 'alarm', type: 'bool', channel: 2, role: 'latch' },
  { key: 'pressure', nameZh: '压力', poll: 'fast', type: 'i16', unit: 'MPa' },
  { key: 'status', nameZh: '状态', poll: 'alarm', type: 'u16', enum: { 3: 'stopped', 4: 'fault' } },
  { key: 'name', nameZh: '名称', poll: 'slow', type: 'string' },
  { key: 'start', nameZh: '启动', poll: 'slow', type: 'bool', access: 'w' },
];
const profiles = new Map<string, Profile>(
  ['pump-panel', 'pump-panel-2'].map((id) => [
    id,
    { id, driver: 'modbus', maker: 'm', model: 'm', nameZh: '型号', commands: [], points },
  ]),
);

function resolve(rules: object, ...devices: object[]) {
  return resolveAlarms({
    devices: devices.map((device) => deviceSchema.parse({ id: 'p1', bus: 'b', unit: 1, profile: 'pump-panel', ...device })), // prettier-ignore
    equipment: [{ id: 'pump-low' }],
    profiles,
    file: alarmFileSchema.parse({ types: TYPES, rules }),
  });
}
const rule = (changes: object) => ({ points: [{ type: 'pump.fault', profile: 'pump-panel', point: 'status', ...changes }] }); // prettier-ignore
const input = (changes: object) => ({ inputs: [{ channel: 0, source: 'lift-1-1', alarm: 'lift.carAlarm', ...changes }] }); // prettier-ignore
const OFFLINE = { devices: [{ type: 'device.offline', state: 'offline' }] };

describe('a mistake in the rules', () => {
  it.each([
    ['an unknown type', rule({ type: 'pump.fualt', is: 4 }), ['type'], /no alarm type "pump.fualt"/, /"pump.fault"/],
    ['an unknown profile', rule({ profile: 'pump-pannel', is: 4 }), ['profile'], /no profile "pump-pannel"/, /"pump-panel"/], // prettier-ignore
    ['one of several unknown profiles', rule({ profile: ['pump-panel-2', 'x'], is: 4 }), ['profile', 1], /no profile "x"/, /pump-panel/], // prettier-ignore
    ['an unknown point', rule({ point: 'statos', is: 4 }), ['point'], /pump-panel has no point "statos"/, /"status"/],
    ['one of several unknown points', rule({ point: ['status', 'x'], is: 4 }), ['point', 1], /no point "x"/, /status/],
    ['a point that is only written', rule({ point: 'start', is: true }), ['point'], /start of pump-panel is only written/], // prettier-ignore
    ['a limit for an enumeration', rule({ above: 3 }), ['above'], /status of pump-panel is no quantity/, /is or in/],
    ['a limit for a contact', rule({ point: 'di0', below: 1 }), ['below'], /di0 of pump-panel is no quantity/, /is or in/], // prettier-ignore
    ['a limit for a text', rule({ point: 'name', below: 1 }), ['below'], /name of pump-panel is no quantity/, /is or in/], // prettier-ignore
    ['an unknown name of an enumeration', rule({ is: 'falt' }), ['is'], /no value "falt"/, /"fault"/],
    ['an unknown number of an enumeration', rule({ in: [4, 7] }), ['in', 1], /no value 7/, /3, 4/],
    ['a number for a contact', rule({ point: 'di0', is: 1 }), ['is'], /di0 of pump-panel is true or false, never 1/],
    ['a truth for a quantity', rule({ point: 'pressure', is: true }), ['is'], /is a number, never true/],
    ['a number for a text', rule({ point: 'name', is: 1 }), ['is'], /is text, never 1/],
  ])('%s', (_, rules, path, message, hint?: RegExp) => {
    const { definitions, mistakes } = resolve(rules, {});
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatchObject({ file: 'rules', path: ['rules', 'points', 0, ...path], severity: 'error' });
    expect(mistakes[0]?.message).toMatch(message);
    if (hint) expect(mistakes[0]?.hint).toMatch(hint);
    expect(definitions).toEqual([]);
  });

  it('an unknown type of a rule about silence', () => {
    const { mistakes } = resolve({ devices: [{ type: 'device.gone', state: 'offline' }] }, {});
    expect(mistakes).toMatchObject([{ file: 'rules', path: ['rules', 'devices', 0, 'type'] }]);
  });

  it('two rules for one alarm', () => {
    const points = [...rule({ is: 4 }).points, ...rule({ is: 3 }).points];
    const { definitions, mistakes } = resolve({ points }, {});
    expect(definitions).toHaveLength(1);
    expect(mistakes).toMatchObject([{ file: 'rules', path: ['rules', 'points', 1], severity: 'error' }]);
    expect(mistakes[0]?.message).toBe('p1--pump-fault of p1 is already an alarm of p1');
  });

  it('leaves the other rules standing', () => {
    const points = [...rule({ is: 9 }).points, ...rule({ is: 4, channel: 'drive' }).points];
    expect(resolve({ points }, {}).definitions.map(({ alarm }) => alarm)).toEqual(['p1--pump-fault--drive']);
  });
});

describe('a mistake in the site', () => {
  it.each([
    ['an input of an unknown type', input({ alarm: 'lift.carAlam' }), ['inputs', 0, 'alarm'], 'error', /no alarm type "lift.carAlam"/, /"lift.carAlarm"/], // prettier-ignore
    ['an input of a type that every object inherits', input({ alarm: 'constructor' }), ['inputs', 0, 'alarm'], 'error', /no alarm type/, /lift/], // prettier-ignore
    ['an input on a missing channel', input({ channel: 9 }), ['inputs', 0, 'channel'], 'error', /no channel 9 with a level/, /it has 0, 1, 2/], // prettier-ignore
    ['a priority 1 input that nothing counts', input({ channel: 1 }), ['inputs', 0, 'alarm'], 'warning', /neither counts nor latches/, /counters/], // prettier-ignore
    ['unknown equipment', { equipment: 'pump-lo' }, ['equipment'], 'error', /no equipment "pump-lo"/, /"pump-low"/],
    ['an override of an unknown type', { alarms: { 'pump.falt': {} } }, ['alarms', 'pump.falt'], 'error', /no alarm type "pump.falt"/, /"pump.fault"/], // prettier-ignore
    ['an override of what the device cannot raise', { alarms: { 'lift.carAlarm': {} } }, ['alarms', 'lift.carAlarm'], 'error', /no rule or input of p1 raises "lift.carAlarm"/, /pump.fault/], // prettier-ignore
    ['a limit where the rule has none', { alarms: { 'pump.fault': { above: 3 } } }, ['alarms', 'pump.fault', 'above'], 'error', /no limit above which/], // prettier-ignore
  ] as const)('%s', (_, device, path, severity, message, hint?: RegExp) => {
    const { mistakes } = resolve(rule({ is: 4 }), { id: 'p0' }, device);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatchObject({ file: 'site', path: ['devices', 1, ...path], severity });
    expect(mistakes[0]?.message).toMatch(message);
    if (hint) expect(mistakes[0]?.hint).toMatch(hint);
  });

  it('two contacts for one alarm', () => {
    const { mistakes } = resolve({}, input({}), { id: 'p2', ...input({ channel: 2 }) });
    expect(mistakes).toMatchObject([{ file: 'site', path: ['devices', 1, 'inputs', 0], severity: 'error' }]);
    expect(mistakes[0]?.message).toBe('lift-1-1--lift-carAlarm of p2 is already an alarm of p1');
  });

  it('is found in a device that is switched off, too, which raises nothing', () => {
    const { definitions, mistakes } = resolve(OFFLINE, { enabled: false, ...input({ channel: 9 }) });
    expect([definitions.length, mistakes.length]).toEqual([0, 1]);
  });
});

describe('a definition', () => {
  it('of a contact is about its equipment, with the counter and latch of its channel', () => {
    expect(resolve({}, input({})).definitions).toMatchObject([
      {
        ...{ alarm: 'lift-1-1--lift-carAlarm', source: 'lift-1-1', device: 'p1', channel: null },
        trigger: {
          tests: [{ point: 'di0', kind: 'in', values: [true, 1] }],
          pulse: { points: ['di0Count', 'di0Latch'], counting: ['di0Count'], countsAt: 'onset' },
        },
      },
    ]);
  });

  it('of a contact without a counter goes by its latch', () => {
    const [definition] = resolve({}, input({ channel: 2 })).definitions;
    expect(definition?.trigger).toMatchObject({ pulse: { points: ['di2Latch'], counting: ['di2Latch'] } });
  });

  it('of an inverted contact is active while it is open, and its edges are ends', () => {
    const [definition] = resolve({}, input({ invert: true })).definitions;
    expect(definition?.trigger).toMatchObject({ tests: [{ values: [false, 0] }], pulse: { countsAt: 'end' } });
  });

  it('of a type that does not ask for pulses has none, and needs no counter', () => {
    const [definition] = resolve({}, input({ alarm: 'pump.fault' })).definitions;
    expect(definition?.trigger).toMatchObject({ pulse: null });
    expect(resolve({}, input({ alarm: 'pump.fault', channel: 1 })).mistakes).toEqual([]);
  });

  it('of a point is about the equipment of the device, or about the device', () => {
    const devices = [{ id: 'd1', equipment: 'pump-low' }, { id: 'd2' }];
    expect(resolve(rule({ is: 'fault' }), ...devices).definitions).toMatchObject([
      { alarm: 'pump-low--pump-fault', source: 'pump-low', device: 'd1', trigger: { tests: [{ values: ['fault'] }] } },
      { alarm: 'd2--pump-fault', source: 'd2', device: 'd2' },
    ]);
  });

  it('of a silent device is about the device even where its other alarms are about equipment', () => {
    const [definition] = resolve(OFFLINE, { equipment: 'pump-low' }).definitions;
    expect(definition).toMatchObject({ alarm: 'p1--device-offline', source: 'p1' });
  });

  it('takes its settings from the type, then the rule, then the device', () => {
    const rules = rule({ is: 4, set: { priority: 2, onDelayMs: 500, latching: true } });
    const [definition] = resolve(rules, { alarms: { 'pump.fault': { onDelayMs: 900 } } }).definitions;
    expect(definition?.settings).toMatchObject({ priority: 2, onDelayMs: 900, offDelayMs: 0, latching: true });
  });

  it('takes of a device whatever a device may say otherwise, an end of the levels and of announcing again too', () => {
    const rules = rule({ is: 4, set: { escalationS: [60], reAlarmS: 600 } });
    const said = {
      ...{ latching: true, escalationS: [], reAlarmS: null, shelvable: false, maxShelveS: 600, drill: true },
      guidanceZh: '先停泵',
    };
    const [definition] = resolve(rules, { alarms: { 'pump.fault': { ...said, enabled: true } } }).definitions;
    expect(definition?.settings).toMatchObject(said);
    expect(definition?.settings).not.toHaveProperty('enabled');
  });

  it('exists only for devices with a limit where the rule leaves it to them', () => {
    const rules = rule({ type: 'pump.pressureLow', point: 'pressure', below: 'per-device', hysteresis: 0.02 });
    const limited = { id: 'p2', alarms: { 'pump.pressureLow': { below: 0.35 } } };
    const { definitions, mistakes } = resolve(rules, {}, limited);
    expect(mistakes).toEqual([]);
    expect(definitions.map(({ device, trigger }) => [device, trigger])).toEqual([
      [
        'p2',
        { kind: 'points', tests: [{ point: 'pressure', kind: 'below', limit: 0.35, hysteresis: 0.02 }], pulse: null },
      ],
    ]);
  });

  it('lets a device replace the limit of a rule', () => {
    const rules = rule({ type: 'pump.pressureLow', point: 'pressure', below: 0.2 });
    const { definitions } = resolve(rules, { alarms: { 'pump.pressureLow': { below: 0.35 } } });
    expect(definitions[0]?.trigger).toMatchObject({ tests: [{ limit: 0.35 }] });
  });

  it('is absent where the device switches it off', () => {
    expect(resolve(rule({ is: 4 }), { alarms: { 'pump.fault': { enabled: false } } }).definitions).toEqual([]);
  });

  it('of silence can depend on whether the device carries other alarms', () => {
    const devices = [
      { type: 'device.offline', state: 'offline', carriesAlarms: true },
      { type: 'device.offline', state: 'offline', carriesAlarms: false, set: { priority: 4 } },
    ];
    const rules = { ...rule({ is: 4 }), devices };
    const off = { id: 'p2', alarms: { 'pump.fault': { enabled: false } } };
    const { definitions } = resolve(rules, {}, off);
    expect(definitions.map(({ alarm, settings }) => [alarm, settings.priority])).toEqual([
      ['p1--pump-fault', 3],
      ['p1--device-offline', 3],
      ['p2--device-offline', 4],
    ]);
  });
});
