/** The notes of a sheet. */
import type { ShiftNoteRow, ShiftRow } from '../../store/shift-rows.ts';
import type { Store } from '../../store/store.ts';
import { MOST_LISTED } from './now.ts';
import type { HandoverSheet, SheetNote } from './schema.ts';

const MOST_NOTES = 10_000;

/** Those of the shift, those that came after the sheet of the one before (`since`, Unix milliseconds), and what is to be done. */
export function notesOf(
  { shifts, shiftNotes }: Pick<Store, 'shifts' | 'shiftNotes'>,
  { id }: ShiftRow,
  since: number,
): Pick<HandoverSheet, 'notes' | 'openItems'> {
  const ofShift = (shift: number): ShiftNoteRow[] =>
    shiftNotes.list(shift, Number.MAX_SAFE_INTEGER, MOST_NOTES).reverse();
  const [before] = shifts.list(id, 1);
  const late = before ? ofShift(before.id).filter(({ at }) => at >= since) : [];
  const notes = [...late, ...ofShift(id)].map(sheetNote);
  return {
    // Of very many the newest.
    notes: { total: notes.length, items: notes.slice(-MOST_LISTED) },
    openItems: shiftNotes.open(MOST_LISTED).map((note) => ({
      ...sheetNote(note),
      corrections: shiftNotes.corrections(note.id).map(sheetNote),
    })),
  };
}

export function sheetNote({ at, ...note }: ShiftNoteRow): SheetNote {
  return { ...note, at: new Date(at).toISOString() };
}
