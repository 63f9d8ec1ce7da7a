/** What of the journal a sheet is about. */
import type { Stretch } from '../../alarms/performance/stretch.ts';
import type { ShiftRow } from '../../store/shift-rows.ts';
import type { Store } from '../../store/store.ts';

const DAY_MS = 86_400_000;
/** A shift that nobody has ended for weeks is not listed whole, nor is one with more events than anybody reads. */
const MOST_MS = 7 * DAY_MS;
export const MOST_EVENTS = 50_000;

/** Of when the sheet is that was handed over to this shift: what came after that is on none yet. Else when the shift began. */
export function sheetBefore(
  { shifts, handovers }: Pick<Store, 'shifts' | 'handovers'>,
  { id, from }: ShiftRow,
): number {
  const [before] = shifts.list(id, 1);
  const last = before && handovers.list(before.id).at(-1);
  return last?.state === 'accepted' ? Math.min(last.signedAt, from) : from;
}

/** `since`, `now`: Unix milliseconds. */
export function stretchOf({ events }: Pick<Store, 'events'>, since: number, now: number): Stretch {
  const from = Math.max(since, now - MOST_MS);
  const newest = events.bounds().newest ?? 0;
  const first = events.firstSince(from);
  const tooMany = newest - first >= MOST_EVENTS ? events.get(newest - MOST_EVENTS + 1) : undefined;
  // A clock that was set back may have put the beginning after the end.
  return { from: Math.min(tooMany?.recordedAt ?? from, now), to: now + 1 };
}
