/** Stretches of time in which the gateway did not run. */
import type { Db } from '../open.ts';

export interface OutageRow {
  readonly from: number;
  readonly to: number;
}

/** Each within a transaction of the caller. */
export function writeOutages(db: Db) {
  const seen = db.prepare("SELECT value FROM meta WHERE key = 'aliveAt'").pluck();
  const see = db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('aliveAt', ?)");
  const insert = db.prepare('INSERT INTO outages (from_at, to_at) VALUES (?, ?)');
  const prune = db.prepare('DELETE FROM outages WHERE to_at < ?');
  return {
    /** It runs at `now`. */
    alive: (now: number): void => void see.run(String(now)),
    /** When it was last known to run; null in a new store. */
    lastAlive(): number | null {
      const at = seen.get();
      return at === undefined ? null : Number(at);
    },
    append: ({ from, to }: OutageRow): void => void insert.run(from, to),
    prune: (before: number): void => void prune.run(before),
  };
}

export function readOutages(db: Db) {
  const touching = db.prepare(
    'SELECT from_at AS "from", to_at AS "to" FROM outages WHERE to_at > ? AND from_at < ? ORDER BY id LIMIT ?',
  );
  return {
    /** Those that touch [from, to), oldest first. */
    list: (from: number, to: number, limit: number): OutageRow[] => touching.all(from, to, limit) as OutageRow[],
  };
}
