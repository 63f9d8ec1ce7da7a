/** Stretches of time for which readings could not be kept: a hole in the history that says so. */
import type { Db } from '../open.ts';

export interface GapRow {
  readonly from: number;
  readonly to: number;
  readonly readings: number;
  readonly reason: string;
}

export function writeGaps(db: Db) {
  const insert = db.prepare(
    'INSERT INTO gaps (from_at, to_at, readings, reason) VALUES (@from, @to, @readings, @reason)',
  );
  return {
    append(gap: GapRow): void {
      insert.run(gap);
    },
  };
}

export function readGaps(db: Db) {
  const newest = db.prepare(
    'SELECT from_at AS "from", to_at AS "to", readings, reason FROM gaps ORDER BY id DESC LIMIT ?',
  );
  return {
    /** Newest first. */
    list(limit: number): GapRow[] {
      return newest.all(limit) as GapRow[];
    },
  };
}
