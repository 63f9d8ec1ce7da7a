/** The alarm of each target that a fire alarm should open and that is not seen to open. The gateway raises it itself. Pure. */
import type { Reading } from '../../drivers/contract.ts';
import { ownAlarmOf, ownReading } from '../alarms/own-alarm.ts';
import type { AlarmFile } from '../alarms/rule-file.ts';
import type { AlarmDefinition } from '../alarms/types.ts';
import type { FireReleaseSettings } from '../config/fire-release-schema.ts';
import { releaseTargets, type ReleaseTarget } from './target.ts';

const TYPE = 'fire.releaseFailed';
const POINT = 'isUnanswered';

/** What stands for a target where a device is named: no device has an id with a colon. */
export function targetAsDevice({ id }: Pick<ReleaseTarget, 'id'>): string {
  return `fire-release:${id}`;
}

/** None where the site opens nothing, or where its rules do not have the type. */
export function releaseAlarms(settings: FireReleaseSettings | undefined, types: AlarmFile['types']): AlarmDefinition[] {
  return releaseTargets(settings).flatMap((target) => {
    const { device: source, action: channel } = target;
    return ownAlarmOf({ source, device: targetAsDevice(target), type: TYPE, channel, point: POINT }, types);
  });
}

/** `at`: Unix milliseconds. */
export function releaseReading(isUnanswered: boolean, at: number): Reading {
  return ownReading(POINT, isUnanswered, at);
}
