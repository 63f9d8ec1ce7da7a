/** All files of a site → its configuration, or every mistake in them with its place. Touches no wire. */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { Driver } from '../../drivers/contract.ts';
import type { AlarmMistake } from '../alarms/draft.ts';
import { readAlarmRules, resolveRules, type AlarmRulesRead } from './alarm-rules.ts';
import { check } from './check.ts';
import type { KnownNames } from './checks/input.ts';
import { readDeviceFiles, type DeviceFilesRead } from './device-files.ts';
import { FilesRead } from './files/read-files.ts';
import { Lost } from './lost.ts';
import { joinMeters, readMeterFiles, type MeterFilesRead } from './meter-files.ts';
import { checkTimes } from '../metering/registry/check-times.ts';
import type { Surroundings } from '../metering/registry/surroundings.ts';
import { localOf } from '../metering/rules/zone.ts';
import { error, inOrder, type Finding, type Mistake } from './mistakes/mistake.ts';
import { valueAt } from './mistakes/path.ts';
import { placerFor, type Placer } from './place.ts';
import { readProfiles, type ProfilesRead } from './profile-files.ts';
import type { Salvage } from './salvage.ts';
import type { DeviceConfig, SiteFile } from './schema.ts';
import type { SiteConfig } from './site-config.ts';
import { namedFiles, readSiteFile, type SiteRead } from './site-file.ts';

export type Loaded = {
  /** Every file and folder that was looked for, and what was found. */
  readonly read: FilesRead;
} & (
  | { readonly ok: true; readonly config: SiteConfig; readonly warnings: readonly Mistake[] }
  /** `mistakes` has the warnings too. */
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }
);

/** What was found beside the site file. */
interface Parts {
  readonly profiles: ProfilesRead;
  readonly lists: DeviceFilesRead;
  readonly metering: MeterFilesRead;
  readonly alarms: AlarmRulesRead;
}

/**
 * Reads and checks `siteFile` and all that it names. Mistakes come from all files at once, sorted by file and line.
 * Never throws for what stands in the files. Relative names in the site file start at its folder; serial ports, which are
 * devices of the machine, at the folder that the process runs in. `now`, Unix milliseconds: where it is given, times that have
 * not come yet are warned of.
 */
export async function loadConfiguration(
  siteFile: string,
  drivers: readonly Driver[],
  now: number | null = null,
): Promise<Loaded> {
  const read = new FilesRead();
  const site = await readSiteFile(siteFile, read);
  const { parts, mistakes } = site.raw === null ? none : await readParts(siteFile, site, drivers, read);
  const whole = site.rest && parts ? await assemble(siteFile, site, site.rest, parts, drivers, read) : null;
  const early = now === null || !whole ? [] : checkTimes(whole.meters, localOf(now, whole.config.site.timezone));
  const all = inOrder([...site.mistakes, ...mistakes, ...(whole?.mistakes ?? []), ...early]);
  return whole && all.every(({ severity }) => severity === 'warning')
    ? { ok: true, config: whole.config, warnings: all, read }
    : { ok: false, mistakes: all, read };
}

const LARGEST_KEY_MB = 1;

const none = { parts: null, mistakes: [] };

async function readParts(siteFile: string, site: SiteRead, drivers: readonly Driver[], read: FilesRead) {
  const names = namedFiles(siteFile, site.raw);
  const profiles = await readProfiles(names.profiles, drivers, read);
  const lists = await readDeviceFiles(names.deviceFiles, read);
  const alarms = await readAlarmRules(names.alarmRules, read);
  const metering = await readMeterFiles(names, (id) => profiles.profiles.get(id)?.driver, read);
  const absent = [
    ...names.profiles.map((name, index) => profiles.absent.includes(name) && gone('folder', name, ['profiles', index])),
    ...names.deviceFiles.map(
      (name, index) => lists.absent.includes(name) && gone('file', name, ['deviceFiles', index]),
    ),
    ...names.meters.map((name, index) => metering.absent.includes(name) && gone('file', name, ['meters', index])),
    names.homes !== null && metering.absent.includes(names.homes) && gone('file', names.homes, ['homes']),
    !alarms.present && gone('file', names.alarmRules, ['alarmRules']),
  ].filter((finding) => finding !== false);
  // Of a site file that could not be read to its end, a name that is not there may only not have been reached.
  const lost = new Lost(site.rest?.lost);
  const certain = absent.filter(({ path }) =>
    site.rest === null ? valueAt(site.raw, path) !== undefined : !lost.has(path),
  );
  const unnamed = site.rest === null || lost.has(['homes']) ? [] : metering.findings;
  const missing = [...certain, ...unnamed].map(placerFor(siteFile, site, lists.devices));
  const mistakes = [...profiles.mistakes, ...lists.mistakes, ...alarms.mistakes, ...metering.mistakes, ...missing];
  return { parts: { profiles, lists, metering, alarms }, mistakes };
}

function gone(what: 'file' | 'folder', name: string, path: Finding['path']): Finding {
  return error(path, `there is no ${what} ${name}`, 'names start at the folder of the site file');
}

/** The whole configuration, and what is wrong with it as a whole. */
async function assemble(
  siteFile: string,
  site: SiteRead,
  rest: Salvage,
  parts: Parts,
  drivers: readonly Driver[],
  read: FilesRead,
) {
  const known = knownNames(site.raw, parts.profiles.ids);
  const file = fromItsFolder(siteFile, rest.file);
  const { profiles } = parts.profiles;
  const lost = lostOf(rest, parts.lists);
  const joined = joinMeters(parts.metering, surroundingsOf(rest, parts, lost, known, drivers));
  const listed = [...parts.lists.devices, ...joined.devices];
  const place = placerFor(siteFile, site, listed);
  const devices = [...file.devices, ...listed.map(({ device }) => device)].map(offWhereUnclear(lost));
  const { registry } = joined;
  const people = lost.touches(['people']) ? null : file.people;
  const resolved = resolveRules(parts.alarms, { ...file, devices, profiles, registry, people }, known);
  const realPaths = await findRealPaths(file);
  const stationKey = await readKey(file, read);
  const stationKeyHash = stationKey === null ? undefined : createHash('sha256').update(stationKey.trim()).digest('hex');
  const resolution = { devices, profiles, alarms: resolved.definitions, registry, stationKeyHash };
  const config: SiteConfig = { ...file, ...resolution };
  const found = check({ config, drivers, known, realPaths, stationKey, lost });
  const certain = found.filter(({ path }) => !lost.has(path));
  const ofAlarms = resolved.mistakes.filter((mistake) => !isDoubtful(mistake, lost));
  const mistakes = [...certain.map(place), ...ofAlarms.map(placeOfAlarm(parts.alarms, place))];
  return { config, meters: parts.metering.meters, mistakes: [...joined.mistakes, ...mistakes] };
}

/** The devices of device files follow those of the site file. */
function lostOf({ file, lost }: Salvage, lists: DeviceFilesRead): Lost {
  const listed = lists.lost.map(([index, ...below]) => ['devices', file.devices.length + Number(index), ...below]);
  return new Lost([...lost, ...listed]);
}

/** Whoever writes something else than `true` there most likely means to switch the device off. */
function offWhereUnclear(lost: Lost) {
  return (device: DeviceConfig, index: number): DeviceConfig =>
    lost.has(['devices', index, 'enabled']) ? { ...device, enabled: false } : device;
}

/** What a device says of its alarms depends on its inputs. */
function isDoubtful({ file, path }: AlarmMistake, lost: Lost): boolean {
  const [section, index = 0, key] = path;
  if (file === 'rules' || section !== 'devices') return false;
  if (key === 'equipment' && lost.has(['equipment'])) return true;
  return lost.has(path) || (key === 'alarms' && lost.touches(['devices', index, 'inputs']));
}

/** The files that the gateway itself reads and writes, named from where the process runs. */
function fromItsFolder(siteFile: string, file: SiteFile): SiteFile {
  const named = (name: string): string => (isAbsolute(name) ? name : join(dirname(siteFile), name));
  const { store, broker, metering, monitoringStation } = file;
  const { dropFolder } = metering;
  const { passwordFile, caFile } = broker;
  return {
    ...file,
    store: { ...store, file: named(store.file) },
    ...(monitoringStation?.keyFile !== undefined && {
      monitoringStation: { ...monitoringStation, keyFile: named(monitoringStation.keyFile) },
    }),
    metering: { ...metering, ...(dropFolder !== undefined && { dropFolder: named(dropFolder) }) },
    broker: {
      ...broker,
      ...(passwordFile !== undefined && { passwordFile: named(passwordFile) }),
      ...(caFile !== undefined && { caFile: named(caFile) }),
    },
  };
}

function placeOfAlarm({ file, locate }: AlarmRulesRead, place: Placer) {
  return ({ file: where, ...finding }: Finding & { readonly file: 'site' | 'rules' }): Mistake => {
    if (where === 'site') return place(finding);
    const { path, ...said } = finding;
    return { file, ...locate(path), ...said };
  };
}

function knownNames(raw: unknown, profiles: ReadonlySet<string>): KnownNames {
  const ids = (section: string): Set<string> => {
    const entries = valueAt(raw, [section]);
    const named = Array.isArray(entries) ? entries.map((entry: unknown) => valueAt(entry, ['id'])) : [];
    return new Set(named.filter((id) => typeof id === 'string'));
  };
  return { buses: ids('buses'), devices: ids('devices'), equipment: ids('equipment'), profiles };
}

/** Of devices all names are known, unless a list of them could not be read to its end. */
function surroundingsOf(
  { file }: Salvage,
  parts: Parts,
  lost: Lost,
  known: KnownNames,
  drivers: readonly Driver[],
): Surroundings {
  const { profiles, lists } = parts;
  const devices = [...file.devices, ...lists.devices.map(({ device }) => device)];
  const isWhole = lists.whole && lists.absent.length === 0 && !lost.has(['devices']) && !lost.has(['deviceFiles']);
  const names = isWhole ? new Set([...known.devices, ...devices.map(({ id }) => id)]) : null;
  const sure = devices.filter((_, index) => !lost.touches(['devices', index]));
  return {
    buses: file.buses,
    devices: sure,
    profiles: profiles.profiles,
    drivers,
    metering: file.metering,
    known: { ...known, devices: names },
  };
}

async function readKey({ monitoringStation }: SiteFile, read: FilesRead): Promise<string | null> {
  const file = monitoringStation?.keyFile;
  const found = file === undefined ? null : await read.bytes(file, LARGEST_KEY_MB);
  return found?.state === 'bytes' ? found.bytes.toString('utf8') : null;
}

async function findRealPaths({ buses, broker }: SiteFile): Promise<Map<string, string | null>> {
  const ports = buses.flatMap((bus) => (bus.type === 'serial' ? [bus.path] : []));
  const files = [broker.passwordFile, broker.caFile].filter((path) => path !== undefined);
  const find = async (path: string) => [path, await realpath(path).catch(() => null)] as const;
  return new Map(await Promise.all([...ports, ...files].map(find)));
}
