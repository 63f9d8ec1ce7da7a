/** Everything that happened, in one sequence. An event that leaves the box has an outbox row from the same transaction. */
import type { Db } from '../open.ts';
import type { EventRow, NewEvent } from '../rows.ts';

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

const SQL = {
  insert: 'INSERT INTO events (domain, type, source, at, recorded_at, data) VALUES (?, ?, ?, ?, ?, ?)',
  enqueue: 'INSERT INTO outbox (seq, lane) VALUES (?, ?)',
  one: 'SELECT * FROM events WHERE seq = ?',
  // Each alone is a step down the tree; both in one SELECT would read the whole table.
  bounds: 'SELECT (SELECT min(seq) FROM events) AS oldest, (SELECT max(seq) FROM events) AS newest',
  lastOf: 'SELECT max(seq) FROM events WHERE domain = ?',
  recordedFrom: 'SELECT recorded_at FROM events WHERE seq >= ? ORDER BY seq LIMIT 1',
  // What may go is a stretch from the oldest on, so that what stays has no holes: up to the first row that is young enough,
  // has not left the box, or is among the newest.
  cut: `SELECT min(
          ifnull((SELECT seq FROM events WHERE recorded_at >= @before ORDER BY seq LIMIT 1), 9e15),
          ifnull((SELECT min(seq) FROM outbox), 9e15),
          ifnull((SELECT max(seq) FROM events), 0) - @keep + 1)`,
  prune: 'DELETE FROM events WHERE seq < ?',
  pruneDead: 'DELETE FROM dead_letters WHERE at < ?',
};

/** One statement per filter: a condition that may be absent keeps SQLite from using an index. */
function listSql(query: EventQuery): string {
  const forward = query.after !== undefined;
  const conditions = [
    forward ? 'seq > @after' : 'seq < @before',
    ...(query.domain === undefined ? [] : ['domain = @domain']),
    ...(query.source === undefined ? [] : ['source = @source']),
  ];
  return `SELECT * FROM events WHERE ${conditions.join(' AND ')} ORDER BY seq ${forward ? 'ASC' : 'DESC'} LIMIT @limit`;
}

/** What the writer does to events, each within a transaction of the caller. */
export function writeEvents(db: Db) {
  const insert = db.prepare(SQL.insert);
  const enqueue = db.prepare(SQL.enqueue);
  const lastOf = db.prepare(SQL.lastOf).pluck();
  const findCut = db.prepare(SQL.cut).pluck();
  const prune = db.prepare(SQL.prune);
  const pruneDead = db.prepare(SQL.pruneDead);
  const cut = (before: number, keep: number): number => findCut.get({ before, keep }) as number;

  return {
    /** Returns the event's seq. */
    append(event: NewEvent, now: number): number {
      const { domain, type, source, at, data } = event;
      const seq = Number(insert.run(domain, type, source, at, now, JSON.stringify(data)).lastInsertRowid);
      enqueue.run(seq, domain === 'alarm' ? 'alarm' : 'event');
      return seq;
    },
    /** The newest seq of one domain; 0 when there is none. */
    lastSeq: (domain: string): number => lastSeqOf(lastOf, domain),
    /** The oldest seq that would stay, or more than any. */
    cut,
    /** Deletes what was recorded before `before`, never the newest `keep`, nor anything after what has not left the box. */
    prune(before: number, keep: number): number {
      pruneDead.run(before);
      return prune.run(cut(before, keep)).changes;
    },
  };
}

/** `gateway` and `epoch` make the ids. */
export function readEvents(db: Db, gateway: string, epoch: number) {
  const one = db.prepare(SQL.one);
  const bounds = db.prepare(SQL.bounds);
  const lastOf = db.prepare(SQL.lastOf).pluck();
  const recordedFrom = db.prepare(SQL.recordedFrom).pluck();
  const lists = new Map<string, ReturnType<Db['prepare']>>();

  const toRow = ({ seq, recorded_at: recordedAt, data, ...rest }: Columns): EventRow => ({
    ...rest,
    seq,
    id: `${gateway}-${epoch}-${seq}`,
    epoch,
    recordedAt,
    data: JSON.parse(data) as Record<string, unknown>,
  });

  const readBounds = () => bounds.get() as { oldest: number | null; newest: number | null };

  return {
    get(seq: number): EventRow | undefined {
      const row = one.get(seq) as Columns | undefined;
      return row && toRow(row);
    },
    list(query: EventQuery): EventRow[] {
      const sql = listSql(query);
      const statement = lists.get(sql) ?? db.prepare(sql);
      lists.set(sql, statement);
      return (statement.all({ before: Number.MAX_SAFE_INTEGER, ...query }) as Columns[]).map(toRow);
    },
    /** The oldest and newest seq that are here; null when there are none. */
    bounds: readBounds,
    /**
     * The first seq that was recorded at `at` (Unix milliseconds) or later; that of the next event where there is none. Found by
     * halving: where the clock was set back meanwhile, one of those that would do.
     */
    firstSince(at: number): number {
      const { oldest, newest } = readBounds();
      let low = oldest ?? 1;
      let high = (newest ?? 0) + 1;
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if ((recordedFrom.get(middle) as number) < at) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    /** The newest seq of one domain; 0 when there is none. */
    lastSeq: (domain: string): number => lastSeqOf(lastOf, domain),
  };
}

function lastSeqOf(lastOf: ReturnType<Db['prepare']>, domain: string): number {
  return (lastOf.get(domain) as number | null) ?? 0;
}
