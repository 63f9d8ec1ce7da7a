/** Everything that happened, in one sequence. An event that leaves the box has an outbox row from the same transaction. */
import type { Db } from './open.ts';
import type { EventRow, NewEvent } from './rows.ts';

interface Columns {
  seq: number;
  domain: string;
  type: string;
  source: string;
  at: number;
  recorded_at: number;
  data: string;
}

export interface EventQuery {
  /** Exclusive. Oldest first from here; without it the newest come, newest first. */
  readonly after?: number | undefined;
  /** Exclusive, for paging backwards. */
  readonly before?: number | undefined;
  readonly domain?: string | undefined;
  readonly source?: string | undefined;
  readonly limit: number;
}

const FILTER = '(@domain IS NULL OR domain = @domain) AND (@source IS NULL OR source = @source)';
const SQL = {
  insert: 'INSERT INTO events (domain, type, source, at, recorded_at, data) VALUES (?, ?, ?, ?, ?, ?)',
  enqueue: 'INSERT INTO outbox (seq, lane) VALUES (?, ?)',
  one: 'SELECT * FROM events WHERE seq = ?',
  bounds: 'SELECT min(seq) AS oldest, max(seq) AS newest FROM events',
  lastOf: 'SELECT max(seq) FROM events WHERE domain = ?',
  forward: `SELECT * FROM events WHERE seq > @after AND ${FILTER} ORDER BY seq LIMIT @limit`,
  backward: `SELECT * FROM events WHERE seq < @before AND ${FILTER} ORDER BY seq DESC LIMIT @limit`,
  prune: `DELETE FROM events WHERE at < @before AND seq <= (SELECT max(seq) FROM events) - @keep
            AND seq NOT IN (SELECT seq FROM outbox) AND seq NOT IN (SELECT seq FROM dead_letters)`,
};

export function createEvents(db: Db, gateway: string, epoch: number) {
  const insert = db.prepare(SQL.insert);
  const enqueue = db.prepare(SQL.enqueue);
  const one = db.prepare(SQL.one);
  const bounds = db.prepare(SQL.bounds);
  const lastOf = db.prepare(SQL.lastOf).pluck();
  const forward = db.prepare(SQL.forward);
  const backward = db.prepare(SQL.backward);
  const prune = db.prepare(SQL.prune);

  const toRow = ({ seq, recorded_at: recordedAt, data, ...rest }: Columns): EventRow => ({
    ...rest,
    seq,
    id: `${gateway}-${epoch}-${seq}`,
    epoch,
    recordedAt,
    data: JSON.parse(data) as Record<string, unknown>,
  });

  return {
    /** Within a transaction of the caller; returns the event's seq. */
    append(event: NewEvent, now: number): number {
      const { domain, type, source, at, data } = event;
      const seq = Number(insert.run(domain, type, source, at, now, JSON.stringify(data)).lastInsertRowid);
      enqueue.run(seq, domain === 'alarm' ? 'alarm' : 'event');
      return seq;
    },
    get(seq: number): EventRow | undefined {
      const row = one.get(seq) as Columns | undefined;
      return row && toRow(row);
    },
    list({ after, before, domain, source, limit }: EventQuery): EventRow[] {
      const filter = { domain: domain ?? null, source: source ?? null, limit };
      const rows =
        after === undefined
          ? backward.all({ ...filter, before: before ?? Number.MAX_SAFE_INTEGER })
          : forward.all({ ...filter, after });
      return (rows as Columns[]).map(toRow);
    },
    /** The oldest and newest seq that are here; null when there are none. */
    bounds(): { oldest: number | null; newest: number | null } {
      return bounds.get() as { oldest: number | null; newest: number | null };
    },
    /** The newest seq of one domain; 0 when there is none. */
    lastSeq(domain: string): number {
      return (lastOf.get(domain) as number | null) ?? 0;
    },
    /** Deletes what is older than `before`, never the newest `keep` and never what has not left the box. */
    prune(before: number, keep: number): number {
      return prune.run({ before, keep }).changes;
    },
  };
}
