/** One table's stretches, and which of them one read may carry. */
import { fewestRuns, type Run } from './fewest-runs.ts';
import type { LearnedLength } from './read-knowledge.ts';
import type { Stretch } from './stretches.ts';

export interface Row {
  /** Ascending, none within another. */
  readonly stretches: readonly Stretch[];
  /** Whether one read may run from the stretch before an index to the one at it. */
  readonly joined: readonly boolean[];
  /** The lowest address that a read from `start` must not reach. */
  readonly barrier: (start: number) => number;
  /** The longest read. */
  readonly max: number;
  /** Bytes of a reply's data. */
  readonly bytes: (count: number) => number;
}

/**
 * The runs to read. Where the longest read that the device takes is somewhere between two lengths, no run of several
 * stretches is longer than the middle, so that either answer halves the doubt. If no run of such a plan is longer than
 * what was answered before, it teaches nothing, and the next middle above is tried: in the end nothing is planned
 * shorter than it has to be. A single stretch is asked for whatever its length: there is no shorter way to it.
 */
export function runsOf(row: Row, { answered, refused }: LearnedLength): readonly Run[] {
  if (refused === undefined) return runsWithin(row, row.max);
  for (let proven = answered; ;) {
    const limit = Math.min(refused - 1, Math.ceil((proven + refused) / 2));
    const runs = runsWithin(row, Math.min(row.max, limit));
    if (limit === refused - 1 || runs.some((run) => isLonger(row, run, answered))) return runs;
    proven = limit;
  }
}

function isLonger({ stretches }: Row, { first, last }: Run, count: number): boolean {
  return (stretches[last]?.to ?? 0) - (stretches[first]?.from ?? 0) >= count;
}

function runsWithin(row: Row, max: number): readonly Run[] {
  return fewestRuns(row.stretches, reachOf(row, max), row.bytes);
}

/** For each stretch, the last one that a read from it may end with. Never decreases: a part of a legal read is legal. */
function reachOf({ stretches, joined, barrier }: Row, max: number): readonly number[] {
  let last = 0;
  return stretches.map(({ from }, first) => {
    last = Math.max(last, first);
    const end = Math.min(from + max, barrier(from));
    while (joined[last + 1] === true && (stretches[last + 1]?.to ?? end) < end) last++;
    return last;
  });
}
