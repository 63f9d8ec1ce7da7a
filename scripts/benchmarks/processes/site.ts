/** A site of its own for each benchmark: site file, profiles, alarm rules, database. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { freePort } from '../../../gateway/testing/programs.ts';
import { scratchFolder, type Medium } from './scratch.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface SiteSketch {
  readonly buses: readonly Fields[];
  readonly devices: readonly Fields[];
  readonly equipment?: readonly Fields[];
  readonly poll?: Readonly<Record<string, number>>;
  readonly metering?: Fields;
  readonly monitoringStation?: Fields;
  /** Besides the project's own. */
  readonly profiles?: readonly (Fields & { readonly id: string })[];
  /** Alarm types and point rules, besides the project's own. */
  readonly alarms?: { readonly types: Fields; readonly points: readonly Fields[] };
  readonly tables?: SiteTables;
  /** Soft cap of the store's file. */
  readonly storeMegabytes?: number;
}

/** The registry: CSV, as an office keeps it. */
export interface SiteTables {
  readonly meters: string;
  readonly homes: string;
}

export interface BenchSite {
  readonly folder: string;
  readonly siteFile: string;
  readonly mqttUrl: string;
  readonly apiUrl: string;
}

/** An empty folder and free ports; `sections` are the parts of a site file that follow from them. */
export async function createFolder(store: Medium = 'disk') {
  const folder = scratchFolder('site', store);
  const [mqttPort, apiPort] = [await freePort(), await freePort()];
  const site: BenchSite = {
    folder,
    siteFile: join(folder, 'site.yaml'),
    mqttUrl: `mqtt://127.0.0.1:${mqttPort}`,
    apiUrl: `http://127.0.0.1:${apiPort}/api/v1`,
  };
  const sections = {
    site: { id: 'bench', nameZh: '基准' },
    store: { file: join(folder, 'store.sqlite') },
    broker: { port: mqttPort },
    api: { port: apiPort },
  };
  return { site, sections };
}

export async function createSite(
  { profiles = [], alarms, tables, storeMegabytes, ...sketch }: SiteSketch,
  medium?: Medium,
): Promise<BenchSite> {
  const { site, sections } = await createFolder(medium);
  const { folder, siteFile } = site;
  cpSync('config/profiles', join(folder, 'profiles'), { recursive: true });
  writeFileSync(join(folder, 'alarms.yaml'), alarmRules(alarms));
  for (const profile of profiles)
    writeFileSync(join(folder, 'profiles', `${profile.id}.json`), JSON.stringify(profile));
  const store = { ...sections.store, ...(storeMegabytes !== undefined && { maxMegabytes: storeMegabytes }) };
  const registry = tables && { meters: ['meters.csv'], homes: 'homes.csv' };
  if (tables) {
    writeFileSync(join(folder, 'meters.csv'), tables.meters);
    writeFileSync(join(folder, 'homes.csv'), tables.homes);
  }
  writeFileSync(siteFile, stringify({ ...sections, store, profiles: ['profiles'], ...registry, ...sketch }));
  return site;
}

function alarmRules(more: SiteSketch['alarms']): string {
  const own = readFileSync('config/alarms.yaml', 'utf8');
  if (!more) return own;
  const { types, rules } = parse(own) as {
    readonly types: Fields;
    readonly rules: { readonly points: readonly Fields[] };
  };
  const points = [...rules.points, ...more.points];
  return stringify({ types: { ...types, ...more.types }, rules: { ...rules, points } });
}
