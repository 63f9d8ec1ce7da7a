/** What the events of one occurrence of an alarm amount to, one after the other. Pure; times are Unix milliseconds. */
import type { AlarmLetter, EventRow } from './rows.ts';

export interface OccurrenceRow {
  /** Of its first event. */
  readonly seq: number;
  readonly occurrenceId: string;
  readonly alarm: string;
  readonly type: string;
  readonly source: string;
  readonly priority: number;
  readonly drill: boolean;
  /** After its last event. */
  readonly letter: AlarmLetter;
  readonly beganAt: number;
  /** When people were first told of it; null: it was hidden all the time. */
  readonly announcedAt: number | null;
  /** The first acknowledgement. */
  readonly ackedAt: number | null;
  readonly ackedBy: string | null;
  /** When its condition went for the last time; null while it is there. */
  readonly endedAt: number | null;
  readonly resetAt: number | null;
  /** When the alarm was normal again, or another occurrence of it began; null: it is open. */
  readonly closedAt: number | null;
  readonly count: number;
  /** The highest that it escalated to. */
  readonly level: number;
  /** What a person wrote last. */
  readonly note: string | null;
  readonly lastSeq: number;
}

/** An event of the domain `alarm`: gateway/store/writer/observe.ts writes its data. */
export type AlarmEventRow = Pick<EventRow, 'seq' | 'at' | 'type' | 'source' | 'data'>;

const HIDDEN: readonly unknown[] = ['G', 'H', 'I'];
/** Of an alarm that is hidden nobody can say by its letter whether it is normal underneath. */
const NOT_SURELY_OPEN: readonly unknown[] = ['A', ...HIDDEN];

export function occurrenceIdOf({ data }: AlarmEventRow): string | null {
  return typeof data['occurrenceId'] === 'string' ? data['occurrenceId'] : null;
}

/** Who acts with it; null: nobody does. */
export function personOf({ data }: AlarmEventRow): string | null {
  return typeof data['by'] === 'string' ? data['by'] : null;
}

/** Whether one begins with it that was not known: its raise, or where the journal does not reach back to that, what came later. */
export function begins({ type, data }: AlarmEventRow): boolean {
  return type === 'raise' || !NOT_SURELY_OPEN.includes(data['from']);
}

export function begun(event: AlarmEventRow): OccurrenceRow {
  const { seq, at, source, data } = event;
  const row: OccurrenceRow = {
    ...{
      seq,
      occurrenceId: occurrenceIdOf(event) ?? '',
      alarm: String(data['alarm']),
      type: String(data['alarmType']),
    },
    ...{ source, priority: 0, drill: false, letter: 'A', beganAt: at, announcedAt: null, ackedAt: null, ackedBy: null },
    ...{ endedAt: null, resetAt: null, closedAt: null, count: 0, level: 0, note: null, lastSeq: seq },
  };
  return followed(row, event);
}

/** The same row where the occurrence is closed: what happens to a normal alarm is no part of it. */
export function followed(row: OccurrenceRow, event: AlarmEventRow): OccurrenceRow {
  if (row.closedAt !== null) return row;
  const { seq, at, type, data } = event;
  const letter = data['to'] as AlarmLetter;
  const person = personOf(event);
  const note = person !== null && typeof data['note'] === 'string' ? data['note'] : row.note;
  return {
    ...row,
    ...{ letter, note, lastSeq: seq, priority: Number(data['priority']), drill: data['drill'] === true },
    announcedAt: row.announcedAt ?? (HIDDEN.includes(letter) ? null : at),
    ...(type === 'ack' && row.ackedAt === null && { ackedAt: at, ackedBy: person }),
    endedAt: endedAfter(row, event),
    resetAt: type === 'reset' ? at : row.resetAt,
    closedAt: letter === 'A' ? at : null,
    count: Math.max(row.count, Number(data['count'])),
    level: Math.max(row.level, Number(data['escalation'])),
  };
}

function endedAfter({ endedAt }: OccurrenceRow, { type, at }: AlarmEventRow): number | null {
  if (type === 'clear') return at;
  return type === 'raise' || type === 'raiseAgain' ? null : endedAt;
}
