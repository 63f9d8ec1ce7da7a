/** What is judged here of a meter, and raises alarms: no point of the meter says it alone, and none of it is stored or told as one. */
import type { Point, Reading } from '../../../drivers/contract.ts';
import { own, settingsFor } from '../../alarms/draft.ts';
import type { AlarmFile } from '../../alarms/rule-file.ts';
import { alarmKey, type AlarmDefinition } from '../../alarms/types.ts';
import type { DeviceConfig } from '../../config/schema.ts';
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

/** Judgements of one device, each with its point. */
type Judged = readonly (readonly [Judgement, point: string])[];
type Metered = Pick<SiteConfig, 'registry' | 'devices' | 'profiles'>;

/** Of the devices that are polled; none of a type that the site's rules do not have, or that the device switches off. */
export function judgedAlarms(config: Metered, file: AlarmFile): AlarmDefinition[] {
  const judgements = judgementsOf(config);
  return config.devices
    .filter(({ enabled }) => enabled)
    .flatMap((device) =>
      judgements(device).flatMap(([judgement, point]) => definition(device, judgement, point, file) ?? []),
    );
}

/** By device: what its `alarms` may be about besides what rules raise. */
export function judgedTypes(config: Metered): Map<string, string[]> {
  const judgements = judgementsOf(config);
  const typesOf = (judged: Judged) => [...new Set(judged.map(([judgement]) => ALARM_TYPES[judgement]))];
  return new Map(config.devices.map((device) => [device.id, typesOf(judgements(device))]));
}

function judgementsOf(config: Metered): (device: DeviceConfig) => Judged {
  const registers = registersOf(config);
  return ({ id, profile }) => [
    ...(registers.get(id) ?? []).map(({ point }) => ['implausible', point] as const),
    ...(config.profiles.get(profile)?.points ?? []).flatMap((point) => {
      const judgement = judgementOf(point);
      return judgement ? [[judgement, point.key] as const] : [];
    }),
  ];
}

function definition(
  { id: device, alarms }: DeviceConfig,
  judgement: Judgement,
  point: string,
  file: AlarmFile,
): AlarmDefinition | null {
  const type = ALARM_TYPES[judgement];
  const override = own(alarms, type);
  const settings = settingsFor(file, type, undefined, override);
  if (!settings || override?.enabled === false) return null;
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
