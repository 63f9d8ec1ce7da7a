/** Makes the occurrences of a journal that had none beside it: each is written once, when it is closed. */
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
import { insertOccurrences } from './occurrences.ts';

interface Filling {
  readonly row: OccurrenceRow;
  readonly people: Set<string>;
}

const SQL = {
  some: 'SELECT 1 FROM occurrences LIMIT 1',
  journal: "SELECT seq, at, type, source, data FROM events WHERE domain = 'alarm' AND seq > ? ORDER BY seq LIMIT 1000",
};

/** Within a transaction. Does nothing where there are some. */
export function fillOccurrences(db: Sqlite.Database): void {
  if (db.prepare(SQL.some).get() !== undefined) return;
  const insert = insertOccurrences(db);
  const write = ({ row, people }: Filling): void => {
    insert.put(row);
    for (const name of people) insert.person(row, name);
  };
  const latest = new Map<string, Filling>();
  for (const event of journalOf(db)) {
    const id = occurrenceIdOf(event);
    const alarm = String(event.data['alarm']);
    const before = latest.get(alarm);
    const isNew = before?.row.occurrenceId !== id;
    if (id === null || (isNew && !begins(event)) || (!isNew && before.row.closedAt !== null)) continue;
    if (isNew && before?.row.closedAt === null)
      write({ ...before, row: { ...before.row, closedAt: event.at, letter: 'A' } });
    const filling = isNew
      ? { row: begun(event), people: new Set<string>() }
      : { ...before, row: followed(before.row, event) };
    const by = personOf(event);
    if (by !== null) filling.people.add(by);
    latest.set(alarm, filling);
    if (filling.row.closedAt !== null) write(filling);
  }
  for (const filling of latest.values()) if (filling.row.closedAt === null) write(filling);
}

/** The alarm events, oldest first; while one page is worked on, no statement is open. */
function* journalOf(db: Sqlite.Database): Generator<AlarmEventRow> {
  const page = db.prepare(SQL.journal);
  for (let after = 0; ;) {
    const events = page.all(after) as (Omit<AlarmEventRow, 'data'> & { readonly data: string })[];
    for (const event of events) yield { ...event, data: JSON.parse(event.data) as EventRow['data'] };
    const last = events.at(-1);
    if (!last) return;
    after = last.seq;
  }
}
