/** The files of the database, before the gateway opens it. */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { SiteConfig } from '../../config/site-config.ts';
import { lockStore } from '../../store/lock.ts';
import { CliError } from '../exit.ts';
import { apiUrl, askGateway } from '../running-gateway.ts';

const siteAnswer = z.object({ id: z.string(), bootId: z.string() });

/** The database, its log and their index, and the room that is kept for alarms: gateway/store. */
const SUFFIXES = ['', '-wal', '-shm', '.ballast'];

/** Rejects with CliError where a gateway answers: it would go on writing to files that nobody finds again. */
export async function refuseIfRunning(api: SiteConfig['api']): Promise<void> {
  const base = apiUrl(api);
  const site = await askGateway(`${base}/site`, siteAnswer);
  if (site) throw new CliError(`a gateway is running (${base}): its store is not deleted under it`, 'stop it first');
}

/**
 * Makes the folder where it is missing; `fresh`: without an old database in it. Throws the error of the system, and StoreError for
 * an old one that a gateway is using.
 */
export function prepareStore(file: string, fresh = false): void {
  mkdirSync(dirname(file), { recursive: true });
  if (!fresh) return;
  const unlock = lockStore(file);
  for (const suffix of SUFFIXES) rmSync(`${file}${suffix}`, { force: true });
  unlock();
}
