/** Handovers from one shift to the next, each with the sheet that was signed, to the letter. */
import type { Db } from '../open.ts';
import type { HandoverRow, HandoverState } from '../shift-rows.ts';

interface Columns {
  readonly id: number;
  readonly shift: number;
  readonly incoming: string;
  readonly sha256: string;
  readonly signed_by: string;
  readonly signed_at: number;
  readonly state: HandoverState;
  readonly answered_by: string | null;
  readonly answered_at: number | null;
  readonly remark: string | null;
  readonly meanwhile: string;
}

export interface NewHandover extends Pick<HandoverRow, 'shift' | 'incoming' | 'sha256' | 'signedBy' | 'signedAt'> {
  readonly sheet: string;
}

export interface HandoverAnswer {
  readonly id: number;
  readonly state: 'accepted' | 'objected';
  readonly by: string;
  readonly at: number;
  readonly remark: string | null;
  readonly meanwhile: readonly string[];
}

const SHOWN = `id, shift, incoming, sha256, signed_by, signed_at, state, answered_by, answered_at, remark, meanwhile`;

/** Each within a transaction of the caller. */
export function writeHandovers(db: Db) {
  const insert = db.prepare(
    `INSERT INTO handovers (shift, incoming, sheet, sha256, signed_by, signed_at, state)
     VALUES (@shift, @incoming, @sheet, @sha256, @signedBy, @signedAt, 'signed')`,
  );
  const replace = db.prepare(`UPDATE handovers SET state = 'replaced' WHERE shift = ? AND state = 'signed'`);
  const answer = db.prepare(
    `UPDATE handovers SET state = @state, answered_by = @by, answered_at = @at, remark = @remark, meanwhile = @meanwhile
     WHERE id = @id AND state = 'signed'`,
  );
  return {
    /** One that waits for its second signature is replaced. Returns the id. */
    sign(handover: NewHandover): number {
      replace.run(handover.shift);
      return Number(insert.run({ ...handover, incoming: JSON.stringify(handover.incoming) }).lastInsertRowid);
    },
    /** False, and nothing written, unless it waits for its second signature. */
    answer: (said: HandoverAnswer): boolean =>
      answer.run({ ...said, meanwhile: JSON.stringify(said.meanwhile) }).changes === 1,
  };
}

export function readHandovers(db: Db) {
  const one = db.prepare(`SELECT ${SHOWN} FROM handovers WHERE id = ?`);
  const ofShift = db.prepare(`SELECT ${SHOWN} FROM handovers WHERE shift = ? ORDER BY id`);
  const sheet = db.prepare('SELECT sheet FROM handovers WHERE id = ?').pluck();
  return {
    get(id: number): HandoverRow | undefined {
      const found = one.get(id) as Columns | undefined;
      return found && toRow(found);
    },
    /** Oldest first: objected to, replaced, and at last accepted. */
    list: (shift: number): HandoverRow[] => (ofShift.all(shift) as Columns[]).map(toRow),
    /** The text that was signed. */
    sheet: (id: number): string | undefined => sheet.get(id) as string | undefined,
  };
}

function toRow(row: Columns): HandoverRow {
  const { id, shift, sha256, state, remark } = row;
  return {
    ...{ id, shift, sha256, state, remark, signedBy: row.signed_by, signedAt: row.signed_at },
    ...{ answeredBy: row.answered_by, answeredAt: row.answered_at },
    incoming: JSON.parse(row.incoming) as string[],
    meanwhile: JSON.parse(row.meanwhile) as string[],
  };
}
