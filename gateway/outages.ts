/** Notes that the gateway runs, so that it knows after a start how long it did not. */
import type { Clock } from './clock.ts';
import { mayPass } from './store/errors.ts';
import type { Store } from './store/store.ts';

const EVERY_MS = 10_000;
/** What is shorter was a restart, and no outage. */
const AT_LEAST_MS = 2 * EVERY_MS;

export interface OutageOptions {
  readonly store: Pick<Store, 'write'>;
  readonly clock: Clock;
  /** Not null while what room the store has belongs to alarms. */
  readonly trouble: () => string | null;
  readonly everyMs?: number;
}

/** Returns what ends it, and resolves once nothing of it is under way. */
export function watchOutages({ store, clock, trouble, everyMs = EVERY_MS }: OutageOptions): {
  stop: () => Promise<void>;
} {
  const noteAlive = async (): Promise<void> => {
    if (trouble() === null) await store.write('noteAlive', clock.now());
  };
  let last = tolerate(() => store.write('noteOutage', clock.now(), AT_LEAST_MS));
  const timer = setInterval(() => {
    last = last.then(() => tolerate(noteAlive));
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
      await tolerate(noteAlive);
    },
  };
}

/** A store that cannot be written now says so itself. */
async function tolerate(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!mayPass(error)) throw error;
  }
}
