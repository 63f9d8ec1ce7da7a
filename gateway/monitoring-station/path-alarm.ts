/** The alarm of the way to the monitoring station itself: no receiver acknowledges. */
import type { Reading } from '../../drivers/contract.ts';
import type { AlarmFile } from '../alarms/rule-file.ts';
import { alarmKey, type AlarmDefinition } from '../alarms/types.ts';
import type { MonitoringStation } from '../config/monitoring-station-schema.ts';

/** The source of the alarm, and what its reading is of. */
export const STATION = 'monitoring-station';
const TYPE = 'station.pathDown';
const POINT = 'pathDown';

/** None without a station, or where the site's rules do not have the type. */
export function pathAlarms(station: MonitoringStation | undefined, types: AlarmFile['types']): AlarmDefinition[] {
  const settings = Object.hasOwn(types, TYPE) ? types[TYPE] : undefined;
  if (!station || !settings) return [];
  const identity = {
    alarm: alarmKey(STATION, TYPE, null),
    source: STATION,
    device: STATION,
    type: TYPE,
    channel: null,
  };
  const tests = [{ kind: 'in', point: POINT, values: [true] }] as const;
  return [{ ...identity, settings, trigger: { kind: 'points', tests, pulse: null } }];
}

/** `at`: Unix milliseconds. */
export function pathReading(isDown: boolean, at: number): Reading {
  return { point: POINT, value: isDown, quality: 'good', at };
}
