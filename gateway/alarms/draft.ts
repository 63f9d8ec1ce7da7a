/** Definitions in the making: still with the place that asks for them, and limits that a device may yet fill in. */
import type { DeviceConfig } from '../config/schema.ts';
import type { Finding } from '../config/mistakes/mistake.ts';
import type { Path } from '../config/mistakes/path.ts';
import type { AlarmFile, AlarmSettings, PointRule } from './rule-file.ts';
import { alarmKey, type AlarmDefinition, type PointTest, type PulseInput } from './types.ts';

/** What is wrong, and in which of the two files. A path into `site` counts the devices of all device files on. */
export interface AlarmMistake extends Finding {
  readonly file: 'site' | 'rules';
}

/** `limit` is null where the rule leaves it to each device. */
export type TestTemplate =
  | Extract<PointTest, { kind: 'in' | 'within' | 'outside' }>
  | (Omit<Extract<PointTest, { kind: 'above' | 'below' }>, 'limit'> & { readonly limit: number | null });

export interface Draft extends Pick<AlarmDefinition, 'source' | 'device' | 'type' | 'channel' | 'settings'> {
  readonly trigger:
    | Extract<AlarmDefinition['trigger'], { kind: 'deviceState' }>
    | { readonly kind: 'points'; readonly tests: readonly TestTemplate[]; readonly pulse: PulseInput | null };
  readonly from: Pick<AlarmMistake, 'file' | 'path'>;
}

/** A device with its position in the site's list. */
export interface PlacedDevice {
  readonly device: DeviceConfig;
  readonly index: number;
}

export type Override = DeviceConfig['alarms'][string];

/** What a map of a configuration file has under a key, and never what every object inherits. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Type, then the rule's `set`, then what the device overrides. Undefined for an unknown type. */
export function settingsFor(
  file: AlarmFile,
  type: string,
  set: PointRule['set'],
  override: Override = {},
): AlarmSettings | undefined {
  const base = own(file.types, type);
  if (!base) return undefined;
  const { enabled: _, above: __, below: ___, ...settings } = override;
  return { ...base, ...given(set), ...given(settings) };
}

/** Null while a limit that the rule leaves to the device is not given. */
export function finish(draft: Draft, override: Override = {}): AlarmDefinition | null {
  const { source, device, type, channel, settings, trigger } = draft;
  const identity = { alarm: alarmKey(source, type, channel), source, device, type, channel, settings };
  if (trigger.kind === 'deviceState') return { ...identity, trigger };
  const tests = trigger.tests.map((test) => withLimit(test, override)).filter((test) => test !== null);
  return tests.length < trigger.tests.length ? null : { ...identity, trigger: { ...trigger, tests } };
}

/** Whether the device lets the alarm occur. */
export function isOn(draft: Draft, device: DeviceConfig): boolean {
  return device.enabled && (own(device.alarms, draft.type)?.enabled ?? true);
}

export function at(file: AlarmMistake['file'], path: Path, findings: readonly Finding[]): AlarmMistake[] {
  return findings.map((finding) => ({ ...finding, file, path: [...path, ...finding.path] }));
}

function withLimit(test: TestTemplate, override: Override): PointTest | null {
  if (!('limit' in test)) return test;
  const limit = override[test.kind] ?? test.limit;
  return limit === null ? null : { ...test, limit };
}

/** Without what is undefined, which would hide what stands below it. */
function given(layer: object = {}): Partial<AlarmSettings> {
  return Object.fromEntries(Object.entries(layer).filter(([, value]: [string, unknown]) => value !== undefined));
}
