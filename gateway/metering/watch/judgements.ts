/** What is judged here of a meter, and raises alarms: no point of the meter says it alone, and none of it is stored or told as one. */
import type { Point, Reading } from '../../../drivers/contract.ts';
import type { AlarmFile } from '../../alarms/rule-file.ts';
import { alarmKey, type AlarmDefinition } from '../../alarms/types.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { CLOCK_OBIS, registersOf } from '../collection/registers.ts';

/**
 * Of a point. `implausible`: its value cannot be believed. `opened`: somebody has opened a cover since it was read before.
 * `supplyOff`: the home is cut off, and not by a command of ours. `clockOff`: it shows another time than ours.
 */
export type Judgement = keyof typeof ALARM_TYPES;

const ALARM_TYPES = {
  implausible: 'meter.tamper',
  opened: 'meter.tamper',
  supplyOff: 'meter.supplyOff',
  clockOff: 'meter.clock',
} as const;

/** By the keys of docs/points.md. */
const BY_KEY: ReadonlyMap<string, Judgement> = new Map([
  ['coverOpenCount', 'opened'],
  ['terminalCoverOpenCount', 'opened'],
  ['valve', 'supplyOff'],
  ['relayOpen', 'supplyOff'],
]);

/** What is judged of a point itself, whoever is billed by the device; null: nothing. */
export function judgementOf({ key, obis }: Pick<Point, 'key' | 'obis'>): Judgement | null {
  return obis === CLOCK_OBIS ? 'clockOff' : (BY_KEY.get(key) ?? null);
}

/** The alarm that a judgement of `point` raises. */
export function judgedAlarm(device: string, judgement: Judgement, point: string): string {
  return alarmKey(device, ALARM_TYPES[judgement], point);
}

/** Of the devices that are polled; none of a type that the site's rules do not have. */
export function judgedAlarms(
  config: Pick<SiteConfig, 'registry' | 'devices' | 'profiles'>,
  types: AlarmFile['types'],
): AlarmDefinition[] {
  const registers = registersOf(config);
  return config.devices
    .filter(({ enabled }) => enabled)
    .flatMap(({ id, profile }) => {
      const billed = registers.get(id) ?? [];
      const points = profiles(config, profile);
      return [
        ...billed.map(({ point }) => definition(id, 'implausible', point, types)),
        ...points.map((point) => {
          const judgement = judgementOf(point);
          return judgement && definition(id, judgement, point.key, types);
        }),
      ].flatMap((found) => found ?? []);
    });
}

function profiles(config: Pick<SiteConfig, 'profiles'>, profile: string): readonly Point[] {
  return config.profiles.get(profile)?.points ?? [];
}

function definition(
  device: string,
  judgement: Judgement,
  point: string,
  types: AlarmFile['types'],
): AlarmDefinition | null {
  const type = ALARM_TYPES[judgement];
  const settings = Object.hasOwn(types, type) ? types[type] : undefined;
  if (!settings) return null;
  const tests = [{ kind: 'in', point: nameOf(judgement, point), values: [true] }] as const;
  return {
    alarm: judgedAlarm(device, judgement, point),
    ...{ source: device, device, type, channel: point, settings },
    trigger: { kind: 'points', tests, pulse: null },
  };
}

/** What the alarm goes by, beside the readings of the poll. */
export function judged(judgement: Judgement, point: string, isSo: boolean, at: number): Reading {
  return { point: nameOf(judgement, point), value: isSo, quality: 'good', at };
}

/** No profile has a point of such a name. */
function nameOf(judgement: Judgement, point: string): string {
  return `${judgement}:${point}`;
}
