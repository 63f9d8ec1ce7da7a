/** Alarms that the gateway raises by itself, of what is no device: each goes by a point that only the gateway tells. Pure. */
import type { Reading } from '../../drivers/contract.ts';
import { own } from './draft.ts';
import type { AlarmFile, AlarmSettings } from './rule-file.ts';
import { alarmKey, type AlarmDefinition } from './types.ts';

/** What one of them is about. `device` stands where a device is named. */
export interface OwnPoint extends Pick<AlarmDefinition, 'source' | 'device' | 'type'> {
  readonly point: string;
  readonly channel?: string;
}

type PointTrigger = Extract<AlarmDefinition['trigger'], { kind: 'points' }>;

export type OwnAlarm = AlarmDefinition & { readonly trigger: PointTrigger };

/** Raised while the point is true. */
export function ownAlarm(about: OwnPoint, settings: AlarmSettings): OwnAlarm {
  const { source, device, type, point, channel = null } = about;
  const tests = [{ kind: 'in', point, values: [true] }] as const;
  const alarm = alarmKey(source, type, channel);
  return { alarm, source, device, type, channel, settings, trigger: { kind: 'points', tests, pulse: null } };
}

/** With what the site's rules say of the type; none where they do not have it. */
export function ownAlarmOf(about: OwnPoint, types: AlarmFile['types']): OwnAlarm[] {
  const settings = own(types, about.type);
  return settings ? [ownAlarm(about, settings)] : [];
}

/** `at`: Unix milliseconds. */
export function ownReading(point: string, value: boolean, at: number): Reading {
  return { point, value, quality: 'good', at };
}
