/** The alarms of a lift's tests: the drill itself, and that none was confirmed for too long. The gateway raises both. Pure. */
import type { Reading } from '../../drivers/contract.ts';
import { CAR_ALARM } from '../alarms/lift-filters.ts';
import { ownAlarmOf, ownReading } from '../alarms/own-alarm.ts';
import type { AlarmFile } from '../alarms/rule-file.ts';
import { alarmKey, type AlarmDefinition } from '../alarms/types.ts';
import type { LiftTestSettings } from '../config/lift-tests-schema.ts';

const TYPES = { isTested: 'lift.test', isMissing: 'lift.testMissing' } as const;

/** A lift whose alarm button is read, and on which module. */
export interface TestedLift {
  readonly lift: string;
  readonly device: string;
  /** The key of its button's alarm, and the points that this goes by. */
  readonly button: string;
  readonly contacts: readonly string[];
}

export function testedLifts(alarms: readonly AlarmDefinition[]): TestedLift[] {
  return alarms.flatMap(({ type, source, device, alarm, trigger }) => {
    const contacts = trigger.kind === 'points' ? trigger.tests.map(({ point }) => point) : [];
    return type === CAR_ALARM ? { lift: source, device, button: alarm, contacts } : [];
  });
}

/** What stands for a lift's tests where a device is named: no device has an id with a colon. */
export function testsAsDevice(lift: string): string {
  return `lift-tests:${lift}`;
}

export function testAlarm(lift: string): string {
  return alarmKey(lift, TYPES.isTested, null);
}

/** Of each lift among `alarms`. None where the site tests none, or where its rules do not have the types. */
export function testAlarms(
  settings: LiftTestSettings | undefined,
  alarms: readonly AlarmDefinition[],
  types: AlarmFile['types'],
): AlarmDefinition[] {
  if (!settings) return [];
  return testedLifts(alarms).flatMap(({ lift }) =>
    Object.entries(TYPES).flatMap(([point, type]) =>
      ownAlarmOf({ source: lift, device: testsAsDevice(lift), type, point }, types),
    ),
  );
}

/** `at`: Unix milliseconds. */
export function testReading(point: keyof typeof TYPES, value: boolean, at: number): Reading {
  return ownReading(point, value, at);
}
