/** What the points were: rows that `points.write` archived, until retention takes them. */
import type { Db } from './open.ts';
import type { HistoryRow } from './rows.ts';
import { fromColumn, qualityFromColumn, type Kind } from './values.ts';

export interface HistoryQuery {
  readonly device: string;
  readonly point: string;
  /** Unix milliseconds, inclusive; the newest rows come when there are more than `limit`. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

const POINTS_PER_BITE = 50;

export function createHistory(db: Db) {
  const pointOf = db.prepare('SELECT id, kind FROM points WHERE device = ? AND point = ?');
  const range = db.prepare(
    'SELECT at, value, quality FROM readings WHERE point_id = ? AND at BETWEEN ? AND ? ORDER BY at DESC LIMIT ?',
  );
  const prune = db.prepare('DELETE FROM readings WHERE point_id = ? AND at < ?');
  const ids = db.prepare('SELECT id FROM points').pluck();
  const pruneSome = db.transaction((points: readonly number[], before: number): number =>
    points.reduce((sum, id) => sum + prune.run(id, before).changes, 0),
  );

  return {
    /** Oldest first. */
    list({ device, point, from, to, limit }: HistoryQuery): HistoryRow[] {
      const found = pointOf.get(device, point) as { id: number; kind: Kind | null } | undefined;
      if (!found) return [];
      const rows = range.all(found.id, from, to, limit) as {
        at: number;
        value: number | string | null;
        quality: number;
      }[];
      return rows.reverse().map(({ at, value, quality }) => ({
        at,
        value: fromColumn(value, found.kind),
        quality: qualityFromColumn(quality),
      }));
    },
    /** Deletes what is older than `before`, some points at a time, each bite one transaction: take a turn between bites. */
    *prune(before: number): Generator<number, void, void> {
      const all = ids.all() as number[];
      for (let start = 0; start < all.length; start += POINTS_PER_BITE) {
        yield pruneSome(all.slice(start, start + POINTS_PER_BITE), before);
      }
    },
  };
}
