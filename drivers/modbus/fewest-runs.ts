/** The optimisation inside the read planner, by dynamic programming. */

/** Indices into a row of stretches, both included. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/**
 * Cuts a row of stretches into as few runs as possible; of those ways, into the one whose runs have the fewest bytes in
 * all, from the start of their first stretch to the end of their last; of those, into the one whose first run is
 * longest, then whose second run is longest, and so on.
 *
 * `reach[i]` is the last index that a run from `i` may end with: `i` or above, and never below `reach[i - 1]`. Hence a
 * shorter rest never needs more runs than a longer one, and the search for an end stops where the rest starts to.
 */
export function fewestRuns(
  row: readonly { readonly from: number; readonly to: number }[],
  reach: readonly number[],
  bytes: (addresses: number) => number,
): readonly Run[] {
  // Of the best way to cut what is left from each index on: its runs, its bytes, and the end of its first run. The
  // inner loop runs some ten million times for ten thousand coils, hence flat arrays.
  const runsFrom = new Int32Array(row.length + 1);
  const bytesFrom = new Int32Array(row.length + 1);
  const lastFrom = new Int32Array(row.length);
  const ends = Int32Array.from(row, ({ to }) => to + 1);
  for (let first = row.length - 1; first >= 0; first--) {
    const start = row[first]?.from ?? 0;
    const furthest = reach[first] ?? first;
    const rest = runsFrom[furthest + 1] ?? 0;
    let fewest = Infinity;
    for (let last = furthest; last >= first && runsFrom[last + 1] === rest; last--) {
      const total = bytes((ends[last] ?? 0) - start) + (bytesFrom[last + 1] ?? 0);
      if (total >= fewest) continue;
      fewest = total;
      lastFrom[first] = last;
    }
    runsFrom[first] = rest + 1;
    bytesFrom[first] = fewest;
  }
  return follow(lastFrom);
}

function follow(lastFrom: Int32Array): readonly Run[] {
  const runs: Run[] = [];
  for (let first = 0; first < lastFrom.length;) {
    const last = lastFrom[first] ?? first;
    runs.push({ first, last });
    first = last + 1;
  }
  return runs;
}
