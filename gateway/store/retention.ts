/** Takes away what is too old, in small bites. What has not left the box, and alarms that are not normal, stay. */
import type { Store } from './store.ts';

export interface RetentionSettings {
  readonly readingsDays: number;
  readonly eventsDays: number;
}

const DAY_MS = 86_400_000;
/** The design's floor: whatever their age, this many events are kept. */
const KEEP_EVENTS = 10_000;

/** Returns how many rows went. `now` is Unix milliseconds. */
export function prune(
  store: Store,
  { readingsDays, eventsDays }: RetentionSettings,
  now: number,
): { readings: number; events: number } {
  return {
    readings: store.history.prune(now - readingsDays * DAY_MS),
    events: store.events.prune(now - eventsDays * DAY_MS, KEEP_EVENTS),
  };
}
