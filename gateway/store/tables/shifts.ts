/** Who was on duty, and when. */
import type { Db } from '../open.ts';
import type { ShiftRow } from '../shift-rows.ts';

interface Columns {
  readonly id: number;
  readonly persons: string;
  readonly from_at: number;
  readonly to_at: number | null;
}

const OPEN = 'SELECT * FROM shifts WHERE to_at IS NULL';

/** Each within a transaction of the caller. */
export function writeShifts(db: Db) {
  const insert = db.prepare('INSERT INTO shifts (persons, from_at) VALUES (?, ?)');
  const end = db.prepare('UPDATE shifts SET to_at = ? WHERE id = ? AND to_at IS NULL');
  const open = db.prepare(OPEN);
  return {
    /** Returns its id. Nobody is on duty before. */
    begin: (persons: readonly string[], at: number): number =>
      Number(insert.run(JSON.stringify(persons), at).lastInsertRowid),
    /** Does nothing to one that is over. */
    end: (id: number, at: number): void => void end.run(at, id),
    open: (): ShiftRow | undefined => rowOf(open.get()),
  };
}

export function readShifts(db: Db) {
  const open = db.prepare(OPEN);
  const one = db.prepare('SELECT * FROM shifts WHERE id = ?');
  const newest = db.prepare('SELECT * FROM shifts WHERE id < ? ORDER BY id DESC LIMIT ?');
  return {
    /** The one on duty; undefined where nobody is. */
    open: (): ShiftRow | undefined => rowOf(open.get()),
    get: (id: number): ShiftRow | undefined => rowOf(one.get(id)),
    /** Newest first; `before` (exclusive, an id) pages backwards. */
    list: (before: number, limit: number): ShiftRow[] => (newest.all(before, limit) as Columns[]).map(toRow),
  };
}

function rowOf(found: unknown): ShiftRow | undefined {
  return found === undefined ? undefined : toRow(found as Columns);
}

function toRow({ id, persons, from_at: from, to_at: to }: Columns): ShiftRow {
  return { id, persons: JSON.parse(persons) as string[], from, to };
}
