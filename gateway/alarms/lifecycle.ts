/**
 * The alarm lifecycle of ISA-18.2 / IEC 62682 as the table of docs/alarms.md: a row and an event give the row after it,
 * nothing, or a refusal. Steps set flags; letters follow from the flags and are never set.
 */
import type { AlarmChange, AlarmEventType, AlarmFlags, AlarmLetter, AlarmRow } from '../store/rows.ts';

interface Decision {
  /** What the person saw when deciding; anything newer makes the decision stale. */
  readonly occurrenceId: string;
  readonly rev: number;
  readonly by: string;
  readonly note: string | null;
}

/** `at` is Unix milliseconds. */
export type AlarmEvent =
  /** The condition holds and its on-delay is met, or a pulse was counted. `afterOutage`: its beginning was not seen. */
  | { readonly type: 'raise'; readonly at: number; readonly latching: boolean; readonly afterOutage: boolean }
  /** The condition is gone and its off-delay is met. */
  | { readonly type: 'clear'; readonly at: number; readonly note?: string }
  | ({ readonly type: 'ack'; readonly at: number } & Decision)
  | ({ readonly type: 'reset'; readonly at: number } & Decision);

export const REFUSALS = {
  stale: 'the alarm has changed since: look at it again',
  notActive: 'the alarm is normal',
  alreadyAcknowledged: 'the alarm is already acknowledged',
  acknowledgeFirst: 'acknowledge the alarm first',
  stillActive: 'the condition is still there',
  notLatched: 'the alarm does not latch: acknowledging closes it',
  noteRequired: 'a reset needs a note: what was found and done on site',
  suppressed: 'the alarm is shelved, suppressed or out of service',
} as const;
export type RefusalCode = keyof typeof REFUSALS;

export type Transition =
  | { readonly kind: 'change'; readonly change: AlarmChange }
  /** The event does not concern the alarm in this state, such as a clear of what is not active. */
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly code: RefusalCode };

type Visible = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
type EventOf<T extends AlarmEvent['type']> = Extract<AlarmEvent, { type: T }>;
type Effect = { readonly as: AlarmEventType; readonly set: Partial<AlarmRow> } | RefusalCode | null;
type Step<T extends AlarmEvent['type']> = (row: AlarmRow, event: EventOf<T>) => Effect;

const nothing = (): Effect => null;
const refuse = (code: RefusalCode) => (): Effect => code;

const begin: Step<'raise'> = (row, event) => ({
  as: 'raise',
  set: { ...unacknowledged(event), occurrenceId: nextOccurrence(row, event.at), count: 1, raisedAt: event.at },
});

const announceAgain: Step<'raise'> = (row, event) => ({
  as: 'raise',
  set: { ...unacknowledged(event), latched: row.latched || event.latching, count: row.count + 1 },
});

const countAgain: Step<'raise'> = (row, event) => ({
  as: 'raiseAgain',
  set: { count: row.count + 1, latched: row.latched || event.latching, detectedAfterOutage: event.afterOutage },
});

const gone: Step<'clear'> = (_, event) => ({ as: 'clear', set: { active: false, clearedAt: event.at } });

const acknowledge: Step<'ack'> = (_, event) => ({
  as: 'ack',
  set: { acked: true, ackedAt: event.at, ackedBy: event.by },
});

const release: Step<'reset'> = (_, event) =>
  event.note === null || event.note.trim() === '' ? 'noteRequired' : { as: 'reset', set: { latched: false } };

const TABLE: { readonly [T in AlarmEvent['type']]: Readonly<Record<Visible, Step<T>>> } = {
  raise: { A: begin, B: countAgain, C: countAgain, D: announceAgain, E: announceAgain, F: announceAgain },
  clear: { A: nothing, B: gone, C: gone, D: nothing, E: nothing, F: nothing },
  ack: {
    A: refuse('notActive'),
    B: acknowledge,
    C: refuse('alreadyAcknowledged'),
    D: acknowledge,
    E: acknowledge,
    F: refuse('alreadyAcknowledged'),
  },
  reset: {
    A: refuse('notActive'),
    B: refuse('stillActive'),
    C: refuse('stillActive'),
    D: refuse('notLatched'),
    E: refuse('acknowledgeFirst'),
    F: release,
  },
};

/** The letter that is shown: out of service over suppressed by design over shelved over the rest. */
export function letterOf(flags: AlarmFlags): AlarmLetter {
  if (flags.outOfService) return 'I';
  if (flags.suppressed) return 'H';
  if (flags.shelved) return 'G';
  return underlying(flags);
}

/** The row of an alarm that has never been raised. `acked`: there is nothing to acknowledge (OPC UA Part 9). */
export function normalRow(
  identity: Pick<AlarmRow, 'alarm' | 'source' | 'device' | 'type' | 'channel' | 'priority'>,
): AlarmRow {
  return {
    ...identity,
    ...{ active: false, acked: true, latched: false, shelved: false, suppressed: false, outOfService: false },
    ...{ raisedWhileSuppressed: false, letter: 'A', occurrenceId: null, rev: 0, count: 0, escalation: 0 },
    ...{ detectedAfterOutage: false, drill: false, raisedAt: null, ackedAt: null, ackedBy: null, clearedAt: null },
    changedAt: 0,
  };
}

/** Applies one event. Conditions are followed under a suppression too; decisions are refused there. */
export function transition(row: AlarmRow, event: AlarmEvent): Transition {
  const effect = effectOf(row, event);
  if (effect === null) return { kind: 'none' };
  if (typeof effect === 'string') return { kind: 'refused', code: effect };
  const flags = { ...row, ...effect.set, changedAt: event.at };
  const hidden = letterOf(row) !== underlying(row);
  const after = hidden && event.type === 'raise' ? { ...flags, raisedWhileSuppressed: true } : flags;
  return {
    kind: 'change',
    change: {
      type: effect.as,
      from: row.letter,
      by: 'by' in event ? event.by : null,
      note: event.type === 'raise' ? null : (event.note ?? null),
      at: event.at,
      after: { ...after, letter: letterOf(after) },
    },
  };
}

function effectOf(row: AlarmRow, event: AlarmEvent): Effect {
  const from = underlying(row);
  switch (event.type) {
    case 'raise':
      return TABLE.raise[from](row, event);
    case 'clear':
      return TABLE.clear[from](row, event);
    case 'ack':
      return refusedBefore(row, event) ?? TABLE.ack[from](row, event);
    case 'reset':
      return refusedBefore(row, event) ?? TABLE.reset[from](row, event);
  }
}

function refusedBefore(row: AlarmRow, decision: Decision): RefusalCode | null {
  if (decision.occurrenceId !== row.occurrenceId || decision.rev !== row.rev) return 'stale';
  return letterOf(row) === underlying(row) ? null : 'suppressed';
}

function underlying({ active, acked, latched }: AlarmFlags): Visible {
  if (active) return acked ? 'C' : 'B';
  if (latched) return acked ? 'F' : 'E';
  return acked ? 'A' : 'D';
}

function unacknowledged(event: EventOf<'raise'>) {
  return {
    ...{ active: true, acked: false, latched: event.latching, escalation: 0, detectedAfterOutage: event.afterOutage },
    ...{ ackedAt: null, ackedBy: null, clearedAt: null },
  };
}

/** Ends in the time of its first raise, moved on where a clock that was set back would repeat an earlier id. */
function nextOccurrence(row: AlarmRow, at: number): string {
  const last = Number(/-(\d+)$/.exec(row.occurrenceId ?? '')?.[1] ?? -1);
  return `${row.alarm}-${Math.max(at, last + 1)}`;
}
