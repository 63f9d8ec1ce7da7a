/** The site of a fault run: the buttons of the modules, the project's own alarm rules, and a broker. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { serverPort } from '../../gateway/end-to-end/testing/server-port.ts';
import type { Modules } from './modules.ts';
import type { BrokerKind } from './options.ts';

export const SITE_ID = 'faults';

export interface FaultSite {
  /** Absolute. */
  readonly folder: string;
  readonly siteFile: string;
  readonly storeFile: string;
  readonly brokerPort: number;
  readonly mqttUrl: string;
  readonly apiUrl: string;
}

/** An empty folder with the files of the site in it; the ports stay the same however often their servers are killed. */
export async function createFaultSite(folder: string, kind: BrokerKind, modules: Modules): Promise<FaultSite> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [brokerPort, apiPort] = [await serverPort(), await serverPort()];
  const mqttUrl = `mqtt://127.0.0.1:${brokerPort}`;
  const site: FaultSite = {
    ...{ folder: resolve(folder), siteFile: resolve(folder, 'site.yaml'), storeFile: resolve(folder, 'store.sqlite') },
    ...{ brokerPort, mqttUrl, apiUrl: `http://127.0.0.1:${apiPort}/api/v1` },
  };
  cpSync('config/profiles', join(folder, 'profiles'), { recursive: true });
  cpSync('config/alarms.yaml', join(folder, 'alarms.yaml'));
  const broker = kind === 'external' ? { type: 'external', url: mqttUrl } : { port: brokerPort };
  const { siteFile, storeFile } = site;
  const sections = {
    ...{ site: { id: SITE_ID, nameZh: '故障演练' }, store: { file: storeFile }, broker, api: { port: apiPort } },
    ...{ profiles: ['profiles'], poll: { alarm: 100, slow: 1_000 }, ...fieldOf(modules) },
  };
  writeFileSync(siteFile, stringify(sections));
  return site;
}

function fieldOf({ contacts, buses }: Modules) {
  const kindOf = (type: string): string => (type === 'lift.carAlarm' ? 'lift' : 'other');
  const ids = [...new Set(contacts.map(({ device }) => device))];
  return {
    buses,
    equipment: contacts.map(({ source, type }) => ({ id: source, nameZh: source, kind: kindOf(type) })),
    devices: ids.map((id, i) => ({
      ...{ id, bus: buses[i]?.['id'], unit: 1, profile: 'moxa-iologik-e1210' },
      inputs: contacts
        .filter(({ device }) => device === id)
        .map(({ channel, source, type }) => ({ channel, source, alarm: type })),
    })),
  };
}
