/** What is done once in a while: old rows go, and room that comes back is noticed. */
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import { mayPass } from './store/errors.ts';
import { prune, type RetentionSettings } from './store/retention.ts';
import type { Store } from './store/store.ts';

const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000;

export interface HousekeepingOptions {
  readonly store: Pick<Store, 'write'>;
  readonly clock: Clock;
  readonly settings: () => RetentionSettings;
  readonly log: Logger;
  readonly firstAfterMs?: number;
}

/** To be called before anything is observed: what a clock that has leapt stamps must not vouch for it. */
export function startHousekeeping(options: HousekeepingOptions): { stop: () => void } {
  const { store, clock, settings, log, firstAfterMs = FIRST_AFTER_MS } = options;
  let stopped = false;
  let last = clock.monotonic();
  const retentionTime = (): Promise<number> => {
    const elapsed = clock.monotonic() - last;
    last += elapsed;
    return store.write('advanceRetention', elapsed, clock.now());
  };
  const run = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // The store was closed under it.
      if (stopped) return;
      if (!mayPass(error)) throw error;
      log.warn({ error }, 'old rows could not be deleted; tried again in an hour');
    }
  };
  const takeAway = async (): Promise<void> => {
    // Whichever of the two is earlier: a clock that was put right is believed at once.
    const gone = await prune(store, settings(), Math.min(await retentionTime(), clock.now()));
    if (gone.readings + gone.events > 0) log.info({ gone }, 'old rows deleted');
  };
  void run(async () => {
    await retentionTime();
  });
  const first = setTimeout(() => void run(takeAway), firstAfterMs).unref();
  const timer = setInterval(() => void run(takeAway), EVERY_MS).unref();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
