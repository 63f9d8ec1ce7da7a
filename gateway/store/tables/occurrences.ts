/** Occurrences of alarms, to search by. They follow from the journal, and are kept in the transaction of each event. */
import type Sqlite from 'better-sqlite3';
import {
  begins,
  begun,
  followed,
  occurrenceIdOf,
  personOf,
  type AlarmEventRow,
  type OccurrenceRow,
} from '../occurrence.ts';
import type { EventRow } from '../rows.ts';

/** open.ts fills them, and may not be asked for its own type here. */
type Db = Sqlite.Database;

const COLUMNS = [
  'seq', 'occurrence_id AS occurrenceId', 'alarm', 'type', 'source', 'priority', 'drill', 'letter', 'began_at AS beganAt',
  'announced_at AS announcedAt', 'acked_at AS ackedAt', 'acked_by AS ackedBy', 'ended_at AS endedAt', 'reset_at AS resetAt',
  'closed_at AS closedAt', 'count', 'level', 'note', 'last_seq AS lastSeq',
]; // prettier-ignore

type Columns = Omit<OccurrenceRow, 'drill'> & { readonly drill: number };

const SQL = {
  one: `SELECT ${COLUMNS.join(', ')} FROM occurrences WHERE occurrence_id = ?`,
  put: `INSERT INTO occurrences (${COLUMNS.map((column) => column.split(' ')[0]).join(', ')})
        VALUES (${COLUMNS.map((column) => `@${column.split(' ').at(-1) ?? ''}`).join(', ')})`,
  update: `UPDATE occurrences SET priority = @priority, drill = @drill, letter = @letter, announced_at = @announcedAt,
             acked_at = @ackedAt, acked_by = @ackedBy, ended_at = @endedAt, reset_at = @resetAt, closed_at = @closedAt,
             count = @count, level = @level, note = @note, last_seq = @lastSeq WHERE seq = @seq`,
  supersede: `UPDATE occurrences SET closed_at = @at, letter = 'A'
              WHERE alarm = @alarm AND closed_at IS NULL AND occurrence_id <> @occurrenceId`,
  person: 'INSERT OR IGNORE INTO occurrence_people (seq, person, began_at) VALUES (?, ?, ?)',
  // What is not wholly old: what of it is too old for the journal stays beside it.
  keep: `INSERT OR IGNORE INTO kept_events (seq, occurrence, domain, type, source, at, recorded_at, data)
         SELECT e.seq, o.seq, e.domain, e.type, e.source, e.at, e.recorded_at, e.data
         FROM occurrences o CROSS JOIN events e ON e.source = o.source AND e.seq BETWEEN o.seq AND min(o.last_seq, @cut - 1)
         WHERE o.seq < @cut AND (o.closed_at IS NULL OR o.last_seq >= @cut)
           AND e.domain = 'alarm' AND e.data ->> 'occurrenceId' = o.occurrence_id`,
  forget: 'DELETE FROM occurrences WHERE seq < @cut AND closed_at IS NOT NULL AND last_seq < @cut',
};

/** Each within a transaction of the caller. */
export function insertOccurrences(db: Db) {
  const put = db.prepare(SQL.put);
  const person = db.prepare(SQL.person);
  return {
    put: (row: OccurrenceRow): void => void put.run({ ...row, drill: Number(row.drill) }),
    person: ({ seq, beganAt }: OccurrenceRow, name: string): void => void person.run(seq, name, beganAt),
  };
}

/** What the writer does to them, each within a transaction of the caller. */
export function writeOccurrences(db: Db) {
  const insert = insertOccurrences(db);
  const one = db.prepare(SQL.one);
  const update = db.prepare(SQL.update);
  const supersede = db.prepare(SQL.supersede);
  const keep = db.prepare(SQL.keep);
  const forget = db.prepare(SQL.forget);

  const begin = (event: AlarmEventRow, occurrenceId: string): OccurrenceRow => {
    const { at, data } = event;
    supersede.run({ at, alarm: data['alarm'], occurrenceId });
    const row = begun(event);
    insert.put(row);
    return row;
  };
  const follow = (known: OccurrenceRow, event: AlarmEventRow): OccurrenceRow | null => {
    const row = followed(known, event);
    if (row === known) return null;
    update.run({ ...row, drill: Number(row.drill) });
    return row;
  };

  return {
    /** Takes an event of the domain `alarm`, once and in the order of the journal. */
    take: (event: AlarmEventRow): void => {
      const occurrenceId = occurrenceIdOf(event);
      if (occurrenceId === null) return;
      const known = one.get(occurrenceId) as Columns | undefined;
      if (!known && !begins(event)) return;
      const row = known ? follow(toRow(known), event) : begin(event, occurrenceId);
      const by = personOf(event);
      if (row && by !== null) insert.person(row, by);
    },
    /** To be called before the journal loses what is older than `cut`, a seq. */
    prune(cut: number): void {
      keep.run({ cut });
      forget.run({ cut });
    },
  };
}

export interface OccurrenceQuery {
  /** Of their beginning, Unix milliseconds; `to` is exclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The `seq` of one: those before it in the order of the list. */
  readonly before?: number | undefined;
  readonly type?: string | undefined;
  /** Any of these; none, where it is empty. */
  readonly sources?: readonly string[] | undefined;
  readonly alarms?: readonly string[] | undefined;
  /** Whoever has acted on it. */
  readonly by?: string | undefined;
  readonly priority?: number | undefined;
  readonly drill?: boolean | undefined;
  readonly open?: boolean | undefined;
  readonly limit: number;
}

export function readOccurrences(db: Db) {
  const one = db.prepare(SQL.one);
  const beganAt = db.prepare('SELECT began_at FROM occurrences WHERE seq = ?').pluck();
  const kept = db.prepare(
    'SELECT seq, domain, type, source, at, recorded_at AS recordedAt, data FROM kept_events WHERE occurrence = ? ORDER BY seq',
  );
  const lists = new Map<string, ReturnType<Db['prepare']>>();

  return {
    get(occurrenceId: string): OccurrenceRow | undefined {
      const row = one.get(occurrenceId) as Columns | undefined;
      return row && toRow(row);
    },
    /** Newest beginning first; of those of one millisecond the one that was recorded last. */
    list(query: OccurrenceQuery): OccurrenceRow[] {
      const { before, sources, alarms, drill: _drill, open: _open, ...rest } = query;
      const beforeAt = before === undefined ? undefined : (beganAt.get(before) as number | undefined);
      if (before !== undefined && beforeAt === undefined) return [];
      const sql = listSql(query);
      const statement = lists.get(sql) ?? db.prepare(sql);
      lists.set(sql, statement);
      const given = { sources: JSON.stringify(sources), alarms: JSON.stringify(alarms) };
      return (statement.all({ ...rest, ...given, before, beforeAt }) as Columns[]).map(toRow);
    },
    /** Its events that the journal has no more, oldest first. */
    keptEvents({ seq }: Pick<OccurrenceRow, 'seq'>): Omit<EventRow, 'id' | 'epoch'>[] {
      const rows = kept.all(seq) as (Omit<EventRow, 'id' | 'epoch' | 'data'> & { readonly data: string })[];
      return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as EventRow['data'] }));
    },
  };
}

/** One statement per filter: a condition that may be absent keeps SQLite from using an index. */
function listSql({ from, to, before, type, sources, alarms, by, priority, drill, open }: OccurrenceQuery): string {
  const at = by === undefined ? 'o' : 'p';
  const conditions = [
    by !== undefined && 'p.person = @by',
    from !== undefined && `${at}.began_at >= @from`,
    to !== undefined && `${at}.began_at < @to`,
    before !== undefined && `(${at}.began_at, ${at}.seq) < (@beforeAt, @before)`,
    type !== undefined && 'o.type = @type',
    sources !== undefined && anyOf('o.source', 'sources'),
    alarms !== undefined && anyOf('o.alarm', 'alarms'),
    priority !== undefined && 'o.priority = @priority',
    // Said out, and not bound: the index is of drills alone.
    drill !== undefined && `o.drill = ${Number(drill)}`,
    open !== undefined && `o.closed_at IS ${open ? '' : 'NOT '}NULL`,
  ].filter((condition) => condition !== false);
  const table = by === undefined ? 'occurrences o' : 'occurrence_people p CROSS JOIN occurrences o ON o.seq = p.seq';
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const columns = COLUMNS.map((column) => `o.${column}`).join(', ');
  return `SELECT ${columns} FROM ${table} ${where} ORDER BY ${at}.began_at DESC, ${at}.seq DESC LIMIT @limit`;
}

function anyOf(column: string, name: string): string {
  return `${column} IN (SELECT value FROM json_each(@${name}))`;
}

function toRow(row: Columns): OccurrenceRow {
  return { ...row, drill: row.drill === 1 };
}
