/** Takes away what is too old, in small bites. What has not left the box, and alarms that are not normal, stay. */
import type { Store } from './store.ts';

export interface RetentionSettings {
  readonly readingsDays: number;
  readonly eventsDays: number;
  /** How long every reading of a meter is kept; after that the first of each day. */
  readonly meterReadingsDays: number;
  /** What local time is ahead of UTC, in milliseconds. */
  readonly zoneMs: number;
}

const DAY_MS = 86_400_000;
/** The design's floor: whatever their age, this many events are kept. */
const KEEP_EVENTS = 10_000;

/** Resolves with how many rows went. Other writing gets its turn between bites. `now` is Unix milliseconds. */
export async function prune(
  { write }: Pick<Store, 'write'>,
  { readingsDays, eventsDays, meterReadingsDays, zoneMs }: RetentionSettings,
  now: number,
): Promise<{ readings: number; events: number }> {
  let readings = 0;
  for (let after: number | null = 0; after !== null;) {
    const bite: { gone: number; next: number | null } = await write('pruneHistory', after, now - readingsDays * DAY_MS);
    readings += bite.gone;
    after = bite.next;
  }
  for (let after: number | null = 0; after !== null;) {
    const bite: { gone: number; next: number | null } = await write(
      'thinMeterReadings',
      after,
      now - meterReadingsDays * DAY_MS,
      zoneMs,
    );
    readings += bite.gone;
    after = bite.next;
  }
  return { readings, events: await write('pruneEvents', now - eventsDays * DAY_MS, KEEP_EVENTS) };
}
