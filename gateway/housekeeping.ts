/** What is done once in a while: old rows go, and room that comes back is noticed. */
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import { mayPass } from './store/errors.ts';
import { prune, type RetentionSettings } from './store/retention.ts';
import type { Store } from './store/store.ts';

const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000;

export interface HousekeepingOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: () => RetentionSettings;
  readonly log: Logger;
}

export function startHousekeeping({ store, clock, settings, log }: HousekeepingOptions): { stop: () => void } {
  let stopped = false;
  const run = async (): Promise<void> => {
    try {
      const gone = await prune(store, settings(), clock.now());
      if (gone.readings + gone.events > 0) log.info({ gone }, 'old rows deleted');
    } catch (error) {
      // The store was closed under it.
      if (stopped) return;
      if (!mayPass(error)) throw error;
      log.warn({ error }, 'old rows could not be deleted; tried again in an hour');
    }
  };
  const first = setTimeout(() => void run(), FIRST_AFTER_MS).unref();
  const timer = setInterval(() => void run(), EVERY_MS).unref();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
