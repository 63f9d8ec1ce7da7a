/** The alarm of the way to the monitoring station itself: no receiver acknowledges. */
import type { Reading } from '../../drivers/contract.ts';
import { ownAlarmOf, ownReading } from '../alarms/own-alarm.ts';
import type { AlarmFile } from '../alarms/rule-file.ts';
import type { AlarmDefinition } from '../alarms/types.ts';
import type { MonitoringStation } from '../config/monitoring-station-schema.ts';

/** The source of the alarm, and what its reading is of. */
export const STATION = 'monitoring-station';
const TYPE = 'station.pathDown';
const POINT = 'pathDown';

/** None without a station, or where the site's rules do not have the type. */
export function pathAlarms(station: MonitoringStation | undefined, types: AlarmFile['types']): AlarmDefinition[] {
  return station ? ownAlarmOf({ source: STATION, device: STATION, type: TYPE, point: POINT }, types) : [];
}

/** `at`: Unix milliseconds. */
export function pathReading(isDown: boolean, at: number): Reading {
  return ownReading(POINT, isDown, at);
}
