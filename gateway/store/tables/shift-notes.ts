/** What those on duty wrote down. A note never changes: a further one corrects it. */
import type { Db } from '../open.ts';
import type { ShiftNoteRow } from '../shift-rows.ts';

interface Columns {
  readonly id: number;
  readonly shift: number;
  readonly at: number;
  readonly by: string;
  readonly text: string;
  readonly alarm: string | null;
  readonly occurrence: string | null;
  readonly is_open: number;
  readonly corrects: number | null;
  readonly closes: number | null;
}

export type NewShiftNote = Omit<ShiftNoteRow, 'id'>;

const CLOSING = 'SELECT 1 FROM shift_notes WHERE closes = ?';

/** Each within a transaction of the caller. */
export function writeShiftNotes(db: Db) {
  const insert = db.prepare(
    `INSERT INTO shift_notes (shift, at, by, text, alarm, occurrence, is_open, corrects, closes)
     VALUES (@shift, @at, @by, @text, @alarm, @occurrenceId, @isOpen, @corrects, @closes)`,
  );
  const closing = db.prepare(CLOSING).pluck();
  return {
    /** Returns its id. */
    append: (note: NewShiftNote): number =>
      Number(insert.run({ ...note, isOpen: note.isOpen ? 1 : 0 }).lastInsertRowid),
    isClosed: (id: number): boolean => closing.get(id) !== undefined,
  };
}

export function readShiftNotes(db: Db) {
  const one = db.prepare('SELECT * FROM shift_notes WHERE id = ?');
  const ofShift = db.prepare('SELECT * FROM shift_notes WHERE shift = ? AND id < ? ORDER BY id DESC LIMIT ?');
  const closing = db.prepare(CLOSING).pluck();
  const correcting = db.prepare('SELECT * FROM shift_notes WHERE corrects = ? ORDER BY id');
  const open = db.prepare(
    `SELECT * FROM shift_notes AS open WHERE is_open = 1
     AND NOT EXISTS (SELECT 1 FROM shift_notes WHERE closes = open.id) ORDER BY id LIMIT ?`,
  );
  return {
    get(id: number): ShiftNoteRow | undefined {
      const found = one.get(id) as Columns | undefined;
      return found && toRow(found);
    },
    /** Newest first; `before` (exclusive, an id) pages backwards. */
    list: (shift: number, before: number, limit: number): ShiftNoteRow[] =>
      (ofShift.all(shift, before, limit) as Columns[]).map(toRow),
    /** What is to be done, of whichever shift, oldest first. */
    open: (limit: number): ShiftNoteRow[] => (open.all(limit) as Columns[]).map(toRow),
    isClosed: (id: number): boolean => closing.get(id) !== undefined,
    /** Those that put this one right, oldest first. */
    corrections: (id: number): ShiftNoteRow[] => (correcting.all(id) as Columns[]).map(toRow),
  };
}

function toRow({ occurrence, is_open: isOpen, ...row }: Columns): ShiftNoteRow {
  return { ...row, occurrenceId: occurrence, isOpen: isOpen === 1 };
}
