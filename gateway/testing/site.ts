/** A whole gateway on a small site of its own: real files, a real broker on a free port, real wires. */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { stringify } from 'yaml';
import { drivers } from '../../drivers/index.ts';
import { loadConfiguration } from '../config/load.ts';
import { startGateway, type Gateway } from '../main.ts';

export interface SiteSketch {
  /** Instead of the usual one. */
  readonly site?: Readonly<Record<string, unknown>>;
  readonly buses: readonly Readonly<Record<string, unknown>>[];
  readonly devices: readonly Readonly<Record<string, unknown>>[];
  readonly equipment?: readonly Readonly<Record<string, unknown>>[];
  readonly poll?: Readonly<Record<string, number>>;
  readonly store?: Readonly<Record<string, unknown>>;
  readonly broker?: Readonly<Record<string, unknown>>;
  readonly metering?: Readonly<Record<string, unknown>>;
  readonly monitoringStation?: Readonly<Record<string, unknown>>;
  readonly liftTests?: Readonly<Record<string, unknown>>;
  readonly fireRelease?: Readonly<Record<string, unknown>>;
  readonly supply?: Readonly<Record<string, unknown>>;
  readonly people?: readonly Readonly<Record<string, unknown>>[];
  /** Tables of the registry, in the site's folder. */
  readonly meters?: readonly string[];
  readonly homes?: string;
}

export interface TestSite {
  readonly folder: string;
  readonly siteFile: string;
  /** Writes another site file, as an editor would. */
  readonly write: (sketch: SiteSketch) => void;
  /** Starts a gateway on what is written; the store is the folder's, so that a second start goes on from the first. */
  readonly start: () => Promise<Gateway>;
  /** What the gateway has logged, as parsed lines. */
  readonly log: () => readonly Readonly<Record<string, unknown>>[];
}

/** The alarm rules and profiles are the project's own. */
export function createSite(sketch: SiteSketch): TestSite {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-site-'));
  const siteFile = join(folder, 'site.yaml');
  cpSync('config/profiles', join(folder, 'profiles'), { recursive: true });
  cpSync('config/alarms.yaml', join(folder, 'alarms.yaml'));
  const write = (next: SiteSketch): void => {
    const { store, ...rest } = next;
    const site = {
      site: { id: 'test', nameZh: '测试小区' },
      store: { file: join(folder, 'store.sqlite'), ...store },
      broker: { port: 0 },
      api: { port: 0 },
      profiles: ['profiles'],
      ...rest,
    };
    writeFileSync(siteFile, stringify(site));
  };
  write(sketch);
  const lines: Readonly<Record<string, unknown>>[] = [];
  const log = pino(
    { level: 'debug' },
    { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return {
    folder,
    siteFile,
    write,
    log: () => lines,
    start: async () => {
      const loaded = await loadConfiguration(siteFile, drivers);
      if (!loaded.ok) throw new Error(loaded.mistakes.map(({ line, message }) => `${line}: ${message}`).join('\n'));
      return startGateway({ siteFile, loaded, drivers, log, version: 'test' });
    },
  };
}

/** Where a simulated line is, as a bus of a site file. */
export function busOn(
  line: { readonly address: { readonly path: string } | { readonly host: string; readonly port: number } },
  bus: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return { ...bus, ...line.address };
}
