/** A lift's contact on a counting module, a pressure, three phases and an offline alarm: definitions for the engine's tests. */
import type { Quality, Reading, Value } from '../../../drivers/contract.ts';
import type { AlarmSettings } from '../rule-file.ts';
import { alarmKey, type AlarmDefinition, type Trigger } from '../types.ts';

const SETTINGS: AlarmSettings = {
  ...{ nameZh: '试验', nameEn: 'Trial', guidanceZh: '查看现场' },
  ...{ priority: 3, onDelayMs: 0, offDelayMs: 0, latching: false },
};

export function definition(
  source: string,
  type: string,
  trigger: Trigger,
  settings: Partial<AlarmSettings> = {},
  device = 'lift-io-3',
): AlarmDefinition {
  const all = { ...SETTINGS, ...settings };
  return { alarm: alarmKey(source, type, null), source, device, type, channel: null, settings: all, trigger };
}

export const CAR_ALARM = 'lift-3-2--lift-carAlarm';
export const carAlarm = definition(
  'lift-3-2',
  'lift.carAlarm',
  {
    kind: 'points',
    tests: [{ point: 'level2', kind: 'in', values: [true, 1] }],
    pulse: { points: ['counter2', 'latch2'], counting: ['counter2'], countsAt: 'onset' },
  },
  { priority: 1, onDelayMs: 1000, latching: true, pulses: true },
);

/** The same with a filter: the car's doors on channel 4 of the module, its motion on channel 5. */
export const filteredCarAlarm: AlarmDefinition = {
  ...carAlarm,
  filter: {
    doorOpen: { point: 'level4', kind: 'in', values: [true, 1] },
    running: { point: 'level5', kind: 'in', values: [true, 1] },
    ...{ holdMs: 20_000, travelMs: 60_000, openMs: 10_000 },
  },
};

export const LIFT_FAULT = 'lift-3-2--lift-fault';
export const liftFault = definition(
  'lift-3-2',
  'lift.fault',
  { kind: 'points', tests: [{ point: 'level3', kind: 'in', values: [true, 1] }], pulse: null },
  { onDelayMs: 10_000, offDelayMs: 30_000 },
);

export const POWER_LOSS = 'power-main--power-loss';
export const powerLoss = definition(
  'power-main',
  'power.loss',
  {
    kind: 'points',
    tests: ['v1', 'v2', 'v3'].map((point) => ({ point, kind: 'below', limit: 154, hysteresis: 44 })),
    pulse: null,
  },
  { priority: 2 },
  'meter-main',
);

export const OFFLINE = 'lift-io-3--device-offline';
export const offline = definition(
  'lift-io-3',
  'device.offline',
  { kind: 'deviceState', state: 'offline' },
  { onDelayMs: 90_000, offDelayMs: 30_000 },
);

export function reading(point: string, value: Value, quality: Quality = value === null ? 'bad' : 'good'): Reading {
  return { point, value, quality, at: 0 };
}
