/** Reads the alarm rules, and resolves them against the site. */
import { busAlarms } from '../alarms/bus-alarms.ts';
import type { AlarmMistake } from '../alarms/draft.ts';
import { checkResetRoles } from '../alarms/check-reset-roles.ts';
import { explain } from '../alarms/explain.ts';
import { withFilters } from '../alarms/lift-filters.ts';
import { resolveAlarms, type ResolvedAlarms } from '../alarms/rules.ts';
import { alarmFileSchema, type AlarmFile, type PointRule } from '../alarms/rule-file.ts';
import type { PlacedHome } from '../alarms/zone-drafts.ts';
import { DURESS, duressAlarms } from '../home-security/duress-alarm.ts';
import { releaseAlarms } from '../fire/release-alarms.ts';
import { storeAlarms } from '../alarms/store-alarm.ts';
import { testAlarms } from '../lifts/test-alarms.ts';
import { judgedAlarms, judgedTypes } from '../metering/watch/judgements.ts';
import { pathAlarms } from '../monitoring-station/path-alarm.ts';
import type { KnownNames } from './checks/input.ts';
import type { FilesRead } from './files/read-files.ts';
import { readYaml, type YamlFile } from './files/yaml-file.ts';
import { checkAgainst } from './mistakes/issues.ts';
import { valueAt } from './mistakes/path.ts';
import { salvageRules, wholeRules, type RuleSalvage } from './rule-salvage.ts';
import type { DeviceConfig } from './schema.ts';
import type { SiteConfig } from './site-config.ts';

export interface AlarmRulesRead extends Pick<YamlFile, 'present' | 'mistakes' | 'locate'> {
  readonly file: string;
  /** The checked rules without what is wrong in them. */
  readonly rest: RuleSalvage;
}

export async function readAlarmRules(file: string, read: FilesRead): Promise<AlarmRulesRead> {
  const { present, raw, sound, mistakes, locate } = await readYaml(file, read);
  if (!sound) return { file, present, mistakes, locate, rest: salvageRules(null) };
  const checked = checkAgainst(alarmFileSchema, raw);
  if (checked.ok) return { file, present, mistakes, locate, rest: wholeRules(checked.value) };
  const found = checked.findings.map(({ path, ...said }) => ({ file, ...locate(path), ...said }));
  return { file, present, mistakes: [...mistakes, ...found], locate, rest: salvageRules(raw) };
}

/** A reference to a profile that has mistakes of its own is no second mistake, nor is one to what could not be read. */
export function resolveRules(
  { rest }: AlarmRulesRead,
  site: Pick<
    SiteConfig,
    'buses' | 'devices' | 'equipment' | 'profiles' | 'registry' | 'monitoringStation' | 'liftTests' | 'fireRelease'
  > & {
    /** Null where they could not be read whole. */
    readonly people: SiteConfig['people'] | null;
  },
  known: KnownNames,
): ResolvedAlarms {
  const { file } = rest;
  const { profiles } = site;
  const devices = firstOfEach(site.devices);
  const equipment = [...known.equipment].map((id) => ({ id }));
  const homes = firstHomes(site.equipment);
  const judged = judgedTypes(site);
  const { definitions, mistakes } = resolveAlarms({ devices, equipment, profiles, file, judged, homes });
  const isBroken = (name: unknown) => typeof name === 'string' && known.profiles.has(name) && !profiles.has(name);
  const certain = [...mistakes, ...withoutDuress(homes, file)].filter(
    (mistake) =>
      !isDoubtful(mistake, rest, devices, known) && (mistake.file === 'site' || !isBroken(valueAt(file, mistake.path))),
  );
  const others = [
    ...judgedAlarms(site, file),
    ...storeAlarms(file.types),
    ...pathAlarms(site.monitoringStation, file.types),
    ...testAlarms(site.liftTests, definitions, file.types),
    ...duressAlarms(
      homes.map(({ home }) => home),
      file.types,
    ),
    ...releaseAlarms(site.fireRelease, file.types),
    ...busAlarms(site.buses, devices, definitions, file),
  ];
  const filtered = withFilters(definitions, site);
  return {
    definitions: explain([...filtered, ...others], site, file.rules.suppression),
    mistakes: [...certain, ...checkResetRoles(file, site.people)].map((mistake) => inItsPlace(mistake, rest)),
  };
}

/** Whether it may be true only of what is left of the rules. */
function isDoubtful(
  { file, path }: AlarmMistake,
  rest: RuleSalvage,
  devices: readonly DeviceConfig[],
  known: KnownNames,
): boolean {
  if (file === 'rules') return rest.isTypeless && (path.at(-1) === 'type' || path[1] === 'suppression');
  const [, index, section, key, part] = path;
  if (path[0] === 'equipment') return rest.isTypeless;
  if (section === 'inputs') return rest.isTypeless && part === 'alarm';
  if (section !== 'alarms' || typeof key !== 'string') return false;
  if (!Object.hasOwn(rest.file.types, key)) return rest.isTypeless;
  // A profile that nobody has may be meant for this device's.
  const unsure = rest.file.rules.points.filter((rule) => !profilesOf(rule).every((id) => known.profiles.has(id)));
  if (unsure.some(({ type }) => type === key)) return true;
  if (unsure.length + rest.unread.length === 0) return false;
  // Which devices carry alarms is known once all rules are.
  if (rest.file.rules.devices.some(({ type }) => type === key)) return true;
  const profile = devices[Number(index)]?.profile ?? '';
  return rest.unread.some(
    ({ type, profiles }) => (type ?? key) === key && (profiles === null || profiles.includes(profile)),
  );
}

/** Homes with zones. Of two with one id, which is a mistake of theirs, the second would raise the alarms of the first. */
function firstHomes(equipment: SiteConfig['equipment']): PlacedHome[] {
  const homes = equipment.map((home, index) => ({ home, index })).filter(({ home }) => home.security);
  return [...new Map(homes.toReversed().map((placed) => [placed.home.id, placed])).values()].reverse();
}

/** Whoever is forced to disarm would call for help in vain. */
function withoutDuress(homes: readonly PlacedHome[], { types }: AlarmFile): AlarmMistake[] {
  if (Object.hasOwn(types, DURESS)) return [];
  const message = `there is no alarm type ${JSON.stringify(DURESS)}, which homes with zones need`;
  return homes.map(({ index }) => ({
    ...{ file: 'site', severity: 'error', message },
    path: ['equipment', index, 'security'],
  }));
}

function profilesOf({ profile }: PointRule): readonly string[] {
  return typeof profile === 'string' ? [profile] : profile;
}

/** Paths of the resolver count the rules that are left. */
function inItsPlace(mistake: AlarmMistake, { positions }: RuleSalvage): AlarmMistake {
  const [section, kind, index, ...below] = mistake.path;
  if (mistake.file === 'site' || (kind !== 'points' && kind !== 'devices' && kind !== 'buses')) return mistake;
  const path = [section ?? '', kind, positions[kind][Number(index)] ?? 0, ...below];
  return { ...mistake, path };
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
