/** Which feed a command line means, and what its things are called. */
import { readFileSync } from 'node:fs';
import type { SiteConfig } from '../../config/site-config.ts';
import type { EventNames } from '../event-line.ts';
import { CliError, usageError } from '../exit.ts';
import { systemWords } from '../system-words.ts';
import { loadSite } from '../options/load-site.ts';
import { askHidden } from '../password/ask-hidden.ts';
import type { FeedOptions } from './options.ts';

export interface BrokerAddress {
  readonly url: string;
  readonly root: string;
  readonly site: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** PEM. */
  readonly ca?: string | undefined;
}

export const NO_NAMES: EventNames = { equipment: [], devices: [], alarms: [] };

/** Null where there is no usable site file and the options can do without. Rejects with CliError where they cannot. */
export async function siteFor({
  site,
  id,
  api,
}: Pick<FeedOptions, 'site' | 'id'> & { readonly api?: string }): Promise<SiteConfig | null> {
  try {
    return await loadSite(site);
  } catch (error) {
    if (error instanceof CliError && (id !== undefined || api !== undefined)) return null;
    throw error;
  }
}

/** Rejects with CliError. */
export async function brokerFor(options: FeedOptions, site: SiteConfig | null): Promise<BrokerAddress> {
  const { broker } = site ?? {};
  const own = broker ? ofBroker(broker) : { url: undefined };
  const url = options.mqtt ?? own.url ?? 'mqtt://127.0.0.1:1883';
  if (!URL.canParse(url))
    throw usageError(`${JSON.stringify(url)} is no address of a broker`, '--mqtt mqtt://127.0.0.1:1883');
  return {
    ...own,
    url,
    root: options.root ?? broker?.root ?? 'community',
    // Without a site file there is --id.
    site: options.id ?? site?.site.id ?? '',
    ...(await loginOf(options)),
  };
}

function ofBroker({ type, host, port, url, username, passwordFile, caFile }: SiteConfig['broker']) {
  if (type === 'embedded') return { url: `mqtt://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}` };
  return { url, username, password: contentOf(passwordFile)?.trim(), ca: contentOf(caFile) };
}

async function loginOf({ username, passwordFile }: FeedOptions): Promise<Pick<BrokerAddress, 'username' | 'password'>> {
  if (username === undefined && passwordFile !== undefined) throw usageError('whose password?', '--username NAME');
  if (username === undefined) return {};
  if (passwordFile !== undefined) return { username, password: contentOf(passwordFile)?.trim() };
  if (!process.stdin.isTTY) throw usageError(`what is the password of ${username}?`, '--password-file FILE');
  return { username, password: await askHidden(`password of ${username}: `) };
}

function contentOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${systemWords(error)}`);
  }
}
