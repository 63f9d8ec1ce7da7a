/** Reads the alarm rules, and resolves them against the site. */
import { resolveAlarms, type ResolvedAlarms } from '../alarms/rules.ts';
import { alarmFileSchema, type AlarmFile } from '../alarms/rule-file.ts';
import { tamperAlarms } from '../metering/collection/tamper-alarms.ts';
import type { KnownNames } from './checks/input.ts';
import type { FilesRead } from './files/read-files.ts';
import { readYaml, type YamlFile } from './files/yaml-file.ts';
import { checkAgainst } from './mistakes/issues.ts';
import { valueAt } from './mistakes/path.ts';
import type { DeviceConfig } from './schema.ts';
import type { SiteConfig } from './site-config.ts';

export interface AlarmRulesRead extends Pick<YamlFile, 'present' | 'mistakes' | 'locate'> {
  readonly file: string;
  /** Null where the rules have mistakes. */
  readonly rules: AlarmFile | null;
}

export async function readAlarmRules(file: string, read: FilesRead): Promise<AlarmRulesRead> {
  const { present, raw, sound, mistakes, locate } = await readYaml(file, read);
  if (!sound) return { file, present, mistakes, locate, rules: null };
  const checked = checkAgainst(alarmFileSchema, raw);
  if (checked.ok) return { file, present, mistakes, locate, rules: checked.value };
  const found = checked.findings.map(({ path, ...said }) => ({ file, ...locate(path), ...said }));
  return { file, present, mistakes: [...mistakes, ...found], locate, rules: null };
}

/** A reference to a profile that has mistakes of its own is no second mistake. */
export function resolveRules(
  { rules }: AlarmRulesRead,
  site: Pick<SiteConfig, 'devices' | 'profiles' | 'registry'>,
  known: KnownNames,
): ResolvedAlarms {
  if (!rules) return { definitions: [], mistakes: [] };
  const { profiles } = site;
  const devices = firstOfEach(site.devices);
  const equipment = [...known.equipment].map((id) => ({ id }));
  const { definitions, mistakes } = resolveAlarms({ devices, equipment, profiles, file: rules });
  const isBroken = (name: unknown) => typeof name === 'string' && known.profiles.has(name) && !profiles.has(name);
  return {
    definitions: [...definitions, ...tamperAlarms(site, rules.types)],
    mistakes: mistakes.filter(({ file, path }) => file === 'site' || !isBroken(valueAt(rules, path))),
  };
}

/** Of devices with one id, which is a mistake of theirs, the second is switched off: it would raise the alarms of the first. */
function firstOfEach(devices: readonly DeviceConfig[]): readonly DeviceConfig[] {
  const taken = new Set<string>();
  return devices.map((device) => {
    if (taken.has(device.id)) return { ...device, enabled: false };
    taken.add(device.id);
    return device;
  });
}
