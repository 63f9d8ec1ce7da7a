/** The alarm of the store itself: it is full, cannot be written, or is not the file any more that it was. */
import type { Observed } from './engine.ts';
import { ownAlarmOf, ownReading } from './own-alarm.ts';
import type { AlarmFile } from './rule-file.ts';
import type { AlarmDefinition } from './types.ts';

const POINT = 'inTrouble';
/** What stands for it where a device is named: no device has an id with a colon. */
const STORE = 'gateway:store';

export function storeAlarms(types: AlarmFile['types']): AlarmDefinition[] {
  return ownAlarmOf({ source: 'gateway', device: STORE, type: 'store.trouble', point: POINT }, types);
}

/** `at`: Unix milliseconds. */
export function storeSeen(isInTrouble: boolean, at: number): Observed {
  return { device: STORE, seen: [ownReading(POINT, isInTrouble, at)], observation: { device: STORE } };
}
