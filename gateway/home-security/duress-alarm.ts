/** The alarm that a home was disarmed under duress: raised by the gateway, and seen by the control room alone. Pure. */
import type { Observed } from '../alarms/engine.ts';
import type { AlarmFile } from '../alarms/rule-file.ts';
import { alarmKey, type AlarmDefinition } from '../alarms/types.ts';
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
  const settings = Object.hasOwn(types, DURESS) ? types[DURESS] : undefined;
  if (!settings) return [];
  return equipment.flatMap(({ id, security }): AlarmDefinition[] => {
    if (!security) return [];
    const identity = {
      alarm: alarmKey(id, DURESS, null),
      source: id,
      device: homeAsDevice(id),
      type: DURESS,
      channel: null,
    };
    const pulse = { points: [POINT], counting: [], countsAt: 'onset' } as const;
    const trigger = { kind: 'points', tests: [{ kind: 'in', point: POINT, values: [true] }], pulse } as const;
    return [{ ...identity, settings, trigger }];
  });
}

/** It has happened. `at`: Unix milliseconds. */
export function duressPulse(at: number): Required<Pick<Observed, 'seen' | 'pulses'>> {
  return { ...duressIsOver(at), pulses: [{ point: POINT, count: 1, afterOutage: false }] };
}

/** It has happened and does not last; the alarm is latched. `at`: Unix milliseconds. */
export function duressIsOver(at: number): Pick<Observed, 'seen'> {
  return { seen: [{ point: POINT, value: false, quality: 'good', at }] };
}
