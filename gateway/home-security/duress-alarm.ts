/** The alarm that a home was disarmed under duress: raised by the gateway, and seen by the control room alone. Pure. */
import type { Observed } from '../alarms/engine.ts';
import { ownAlarmOf, ownReading } from '../alarms/own-alarm.ts';
import type { AlarmFile } from '../alarms/rule-file.ts';
import type { AlarmDefinition } from '../alarms/types.ts';
import type { Equipment } from '../config/schema.ts';

export const DURESS = 'home.duress';
const POINT = 'duress';

/** What stands for a home where a device is named: no device has an id with a colon. */
export function homeAsDevice(home: string): string {
  return `home:${home}`;
}

/** Of each home with zones. None where the site's rules do not have the type, which `check` says. */
export function duressAlarms(
  equipment: readonly Pick<Equipment, 'id' | 'security'>[],
  types: AlarmFile['types'],
): AlarmDefinition[] {
  const pulse = { points: [POINT], counting: [], countsAt: 'onset' } as const;
  return equipment
    .filter(({ security }) => security)
    .flatMap(({ id }) => ownAlarmOf({ source: id, device: homeAsDevice(id), type: DURESS, point: POINT }, types))
    .map((alarm) => ({ ...alarm, trigger: { ...alarm.trigger, pulse } }));
}

/** It has happened. `at`: Unix milliseconds. */
export function duressPulse(at: number): Required<Pick<Observed, 'seen' | 'pulses'>> {
  return { ...duressIsOver(at), pulses: [{ point: POINT, count: 1, afterOutage: false }] };
}

/** It has happened and does not last; the alarm is latched. `at`: Unix milliseconds. */
export function duressIsOver(at: number): Pick<Observed, 'seen'> {
  return { seen: [ownReading(POINT, false, at)] };
}
