/** What the points were: rows that `points.write` archived, until retention takes them. */
import type { Db } from '../open.ts';
import type { HistoryRow } from '../rows.ts';
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

export function writeHistory(db: Db) {
  const some = db.prepare('SELECT id FROM points WHERE id > ? ORDER BY id LIMIT ?').pluck();
  const prune = db.prepare('DELETE FROM readings WHERE point_id = ? AND at < ?');

  return {
    /**
     * Deletes what is older than `before` of some points after the point id `after` (0 to begin), within a transaction of the caller.
     * `next`: where the next bite begins; null after the last.
     */
    prune(after: number, before: number): { gone: number; next: number | null } {
      const points = some.all(after, POINTS_PER_BITE) as number[];
      const gone = points.reduce((sum, id) => sum + prune.run(id, before).changes, 0);
      return { gone, next: points.at(-1) ?? null };
    },
  };
}

export function readHistory(db: Db) {
  const pointOf = db.prepare('SELECT id, kind FROM points WHERE device = ? AND point = ?');
  const range = db.prepare(
    'SELECT at, value, quality FROM readings WHERE point_id = ? AND at BETWEEN ? AND ? ORDER BY at DESC LIMIT ?',
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
  };
}
