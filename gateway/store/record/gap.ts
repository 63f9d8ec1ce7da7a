/** Readings that were dropped, on their way to being a row: the hole in the history says so itself. Pure. */
import type { GapRow } from '../tables/gaps.ts';

export type Gap = Omit<GapRow, 'reason'>;

/** One gap that spans both. */
export function joined(before: Gap | undefined, gap: Gap): Gap {
  if (!before) return gap;
  return {
    from: Math.min(before.from, gap.from),
    to: Math.max(before.to, gap.to),
    readings: before.readings + gap.readings,
  };
}
