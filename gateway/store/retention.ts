/** Takes away what is too old, in small bites. What has not left the box, and alarms that are not normal, stay. */
import type { Store } from './store.ts';

export interface RetentionSettings {
  readonly readingsDays: number;
  readonly eventsDays: number;
}

const DAY_MS = 86_400_000;
/** The design's floor: whatever their age, this many events are kept. */
const KEEP_EVENTS = 10_000;

/** Resolves with how many rows went. Everybody else gets a turn between bites. `now` is Unix milliseconds. */
export async function prune(
  store: Store,
  { readingsDays, eventsDays }: RetentionSettings,
  now: number,
): Promise<{ readings: number; events: number }> {
  let readings = 0;
  for (const gone of store.history.prune(now - readingsDays * DAY_MS)) {
    readings += gone;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { readings, events: store.events.prune(now - eventsDays * DAY_MS, KEEP_EVENTS) };
}
