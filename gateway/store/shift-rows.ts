/** The rows of who is on duty: docs/shifts.md. Times are Unix milliseconds. */

/** A stretch of time in which the same persons answer for the site. */
export interface ShiftRow {
  readonly id: number;
  readonly persons: readonly string[];
  readonly from: number;
  /** Null while they are on duty. */
  readonly to: number | null;
}

/** What somebody wrote down; it never changes. */
export interface ShiftNoteRow {
  readonly id: number;
  readonly shift: number;
  readonly at: number;
  readonly by: string;
  readonly text: string;
  /** The alarm that it is about, and which of its occurrences. */
  readonly alarm: string | null;
  readonly occurrenceId: string | null;
  /** Something to be done: it goes from shift to shift until a note closes it. */
  readonly isOpen: boolean;
  /** The notes that this one puts right, or ends. */
  readonly corrects: number | null;
  readonly closes: number | null;
}

/** `signed` by those who go; `accepted` or `objected` to by those who come; `replaced` by a newer one before that. */
export type HandoverState = 'signed' | 'accepted' | 'objected' | 'replaced';

export interface HandoverRow {
  readonly id: number;
  readonly shift: number;
  /** Who is to come on duty. */
  readonly incoming: readonly string[];
  /** Of the sheet's bytes, in hex. */
  readonly sha256: string;
  readonly signedBy: string;
  readonly signedAt: number;
  readonly state: HandoverState;
  readonly answeredBy: string | null;
  readonly answeredAt: number | null;
  readonly remark: string | null;
  /** Keys of the alarms that were announced between the two signatures and that nobody had acknowledged at the second. */
  readonly meanwhile: readonly string[];
}
