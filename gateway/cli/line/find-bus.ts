/** The bus that the caller means: one of the site's, or an address. */
import { suggest } from '../../config/mistakes/suggest.ts';
import type { BusConfig } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { usageError } from '../exit.ts';
import { callerPath } from '../options/caller-path.ts';
import { apiOf, loadSite } from '../options/load-site.ts';
import { BUS_EXAMPLES, isBusUrl, parseBusUrl } from './bus-url.ts';

export interface FoundBus {
  readonly bus: BusConfig;
  /** The site that it belongs to; null for an address. */
  readonly site: SiteConfig | null;
  /** Where the gateway of the site would answer. */
  readonly api: SiteConfig['api'];
}

/** Rejects with CliError. */
export async function findBus(text: string, siteFile: string): Promise<FoundBus> {
  if (isBusUrl(text)) return { bus: parseBusUrl(text, callerPath), site: null, api: await apiOf(siteFile) };
  const site = await loadSite(siteFile);
  return { bus: busOf(site, text), site, api: site.api };
}

export function busOf({ buses }: SiteConfig, id: string): BusConfig {
  const bus = buses.find((one) => one.id === id);
  if (bus) return bus;
  const hint = suggest(id, buses.map((one) => one.id)); // prettier-ignore
  throw usageError(`there is no bus ${JSON.stringify(id)}`, `${hint ?? 'or'}; or an address: ${BUS_EXAMPLES}`);
}
