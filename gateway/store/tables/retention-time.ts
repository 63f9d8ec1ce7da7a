/** The time that old rows are judged by: it follows the clock of the machine, and no leap of it. */
import type { Db } from '../open.ts';

/** So many times as fast as time passes: a box that was off for a month is up to date a month later. */
const CATCHING_UP = 2;

/**
 * The time to judge by, `elapsedMs` after it was `last`. It never runs ahead of what has passed by more than that again,
 * whatever `now` claims: a clock that is years ahead costs as much as it was wrong for.
 */
export function retentionTime(last: number, elapsedMs: number, now: number): number {
  return Math.max(last, Math.min(now, last + CATCHING_UP * elapsedMs));
}

export function writeRetentionTime(db: Db) {
  const kept = db.prepare("SELECT value FROM meta WHERE key = 'retentionTime'").pluck();
  const newest = db.prepare('SELECT max(at) FROM points').pluck();
  const keep = db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('retentionTime', ?)");
  return {
    /** `elapsedMs`: since the last call, and 0 at the first of a run. A store that has none begins with its newest row. */
    advance(elapsedMs: number, now: number): number {
      const value = kept.get();
      const last = value === undefined ? Math.min(now, Number(newest.get() ?? now)) : Number(value);
      const time = retentionTime(last, elapsedMs, now);
      keep.run(String(time));
      return time;
    },
  };
}
