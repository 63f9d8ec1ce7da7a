/** What a read may not run into, as a bound on its end that depends on its start. */
import type { Table } from './profile.ts';
import type { Range } from './read.ts';

/** A read that starts at or below `upTo` has to end below `end`. */
export interface Barrier {
  readonly upTo: number;
  readonly end: number;
}

/** A read touches no address of a hole: it starts above the hole, or ends below it. */
export function holeBarriers(table: Table, holes: readonly Range[]): readonly Barrier[] {
  return holes.filter((hole) => hole.table === table).map(({ from, to }) => ({ upTo: to, end: from }));
}

/** A read does not contain what was refused: it starts above the first address of that, or ends below the last. */
export function refusalBarriers(table: Table, refused: readonly Range[]): readonly Barrier[] {
  return refused.filter((range) => range.table === table).map(({ from, to }) => ({ upTo: from, end: to }));
}

/** For the start of a read: the lowest address that it must not reach, Infinity where nothing is in its way. */
export function nearestBarrier(barriers: readonly Barrier[]): (start: number) => number {
  const sorted = barriers.toSorted((a, b) => a.upTo - b.upTo);
  const lowest = new Array<number>(sorted.length).fill(Infinity);
  for (let index = sorted.length - 1, end = Infinity; index >= 0; index--) {
    end = Math.min(end, sorted[index]?.end ?? Infinity);
    lowest[index] = end;
  }
  return (start) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.upTo ?? Infinity) < start) low = middle + 1;
      else high = middle;
    }
    return lowest[low] ?? Infinity;
  };
}
