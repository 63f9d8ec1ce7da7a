/**
 * The alarm lifecycle of ISA-18.2 / IEC 62682 as the table of docs/alarms.md: a row and an event give the row after it,
 * nothing, or a refusal. Steps set flags; letters follow from the flags and are never set.
 */
import type { AlarmChange, AlarmEventType, AlarmRow } from '../store/rows.ts';
import { isHidden, letterOf, underlying, type Visible } from './letters.ts';
import { suppressionEffect, type SuppressionEvent, type SuppressionRefusal } from './suppression.ts';

interface Decision {
  /** What the person saw when deciding; anything newer makes the decision stale. Null: it was never raised. */
  readonly occurrenceId: string | null;
  readonly rev: number;
  readonly by: string;
  readonly note: string | null;
}

/** `at` is Unix milliseconds. */
export type AlarmEvent =
  /** The condition holds and its on-delay is met, or a pulse was counted. `afterOutage`: its beginning was not seen. */
  | {
      readonly type: 'raise';
      readonly at: number;
      readonly latching: boolean;
      readonly afterOutage: boolean;
      readonly note?: string;
    }
  /** The condition is gone and its off-delay is met. */
  | { readonly type: 'clear'; readonly at: number; readonly note?: string }
  /** A person tries the way of the alarm. `drillable`: whether the type lets one. */
  | {
      readonly type: 'drill';
      readonly at: number;
      readonly endsAt: number;
      readonly latching: boolean;
      readonly drillable: boolean;
      readonly by: string;
      readonly note: string | null;
    }
  /** `by` null: its time is over. */
  | { readonly type: 'endDrill'; readonly at: number; readonly by: string | null; readonly note: string | null }
  | ({ readonly type: 'ack'; readonly at: number } & Decision)
  | ({ readonly type: 'reset'; readonly at: number } & Decision)
  /** Acknowledged, and still active after the type's time. */
  | { readonly type: 'reAlarm'; readonly at: number }
  /** Unacknowledged for as long as the next level allows. */
  | { readonly type: 'escalate'; readonly at: number }
  | Exclude<SuppressionEvent, { type: 'shelve' | 'removeFromService' }>
  | (Extract<SuppressionEvent, { type: 'shelve' | 'removeFromService' }> & Decision);

export const REFUSALS = {
  stale: 'the alarm has changed since: look at it again',
  notActive: 'the alarm is normal',
  alreadyAcknowledged: 'the alarm is already acknowledged',
  acknowledgeFirst: 'acknowledge the alarm first',
  stillActive: 'the condition is still there',
  notLatched: 'the alarm does not latch: acknowledging closes it',
  noteRequired: 'a reset needs a note: what was found and done on site',
  suppressed: 'the alarm is shelved, suppressed or out of service',
  priorityOne: 'an alarm of priority 1 cannot be shelved',
  notShelvable: 'alarms of this type cannot be shelved',
  reasonRequired: 'it needs a reason, for whoever is on duty next',
  tooLong: 'that is longer than the type allows',
  notFuture: 'it must end, and in the future',
  notPermitted: 'alarms of this type are announced during maintenance too',
  notHidden: 'the alarm is not hidden in this way',
  notNormal: 'a drill needs an alarm that is normal',
  notDrillable: 'alarms of this type are drills already, or no rule makes them any more',
  noDrill: 'there is no drill of the alarm, or it is over',
} as const satisfies Record<SuppressionRefusal, string> & Record<string, string>;
export type RefusalCode = keyof typeof REFUSALS;

export type Transition =
  | { readonly kind: 'change'; readonly change: AlarmChange }
  /** The event does not concern the alarm in this state, such as a clear of what is not active. */
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly code: RefusalCode };

type EventOf<T extends AlarmEvent['type']> = Extract<AlarmEvent, { type: T }>;
type Effect = { readonly as: AlarmEventType; readonly set: Partial<AlarmRow> } | RefusalCode | null;
type Step<T extends AlarmEvent['type']> = (row: AlarmRow, event: EventOf<T>) => Effect;
/** What depends on the letter underneath alone. */
type Tabled = 'raise' | 'clear' | 'ack' | 'reset' | 'reAlarm' | 'escalate';

const nothing = (): Effect => null;
const refuse = (code: RefusalCode) => (): Effect => code;

const begin: Step<'raise'> = (row, event) => ({
  as: 'raise',
  set: { ...newOccurrence(row, event), ...inEarnest(row) },
});

const rehearse: Step<'drill'> = (row, event) => ({
  as: 'raise',
  set: { ...newOccurrence(row, { ...event, afterOutage: false }), drill: true, drillEndsAt: event.endsAt },
});

const announceAgain: Step<'raise'> = (row, event) => ({
  as: 'raise',
  set: { ...unacknowledged(event), latched: row.latched || event.latching, count: row.count + 1 },
});

const countAgain: Step<'raise'> = (row, event) => ({
  as: 'raiseAgain',
  set: { count: row.count + 1, latched: row.latched || event.latching, detectedAfterOutage: event.afterOutage },
});

const gone = (_: AlarmRow, event: EventOf<'clear' | 'endDrill'>): Effect => ({
  as: 'clear',
  set: { active: false, clearedAt: event.at },
});

const acknowledge: Step<'ack'> = (_, event) => ({
  as: 'ack',
  set: { acked: true, ackedAt: event.at, ackedBy: event.by, raisedWhileSuppressed: false },
});

const release: Step<'reset'> = (_, event) =>
  event.note === null || event.note.trim() === '' ? 'noteRequired' : { as: 'reset', set: { latched: false } };

const announceStillActive: Step<'reAlarm'> = (_, event) => ({
  as: 'reAlarm',
  set: { acked: false, ackedAt: null, ackedBy: null, escalation: 0, announcedAt: event.at },
});

const nextLevel: Step<'escalate'> = (row) => ({ as: 'escalate', set: { escalation: row.escalation + 1 } });

const TABLE: { readonly [T in Tabled]: Readonly<Record<Visible, Step<T>>> } = {
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
  reAlarm: { A: nothing, B: nothing, C: announceStillActive, D: nothing, E: nothing, F: nothing },
  // A button that was pressed for a moment is as urgent as one that is held: whatever nobody has acknowledged escalates.
  escalate: { A: nothing, B: nextLevel, C: nothing, D: nextLevel, E: nextLevel, F: nothing },
};

/** The row of an alarm that has never been raised. `acked`: there is nothing to acknowledge (OPC UA Part 9). */
export function normalRow(
  identity: Pick<AlarmRow, 'alarm' | 'source' | 'device' | 'type' | 'channel' | 'priority'>,
): AlarmRow {
  return {
    ...identity,
    ...{ active: false, acked: true, latched: false, shelved: false, suppressed: false, outOfService: false },
    ...{ raisedWhileSuppressed: false, letter: 'A', occurrenceId: null, rev: 0, count: 0, escalation: 0 },
    ...{
      detectedAfterOutage: false,
      drill: false,
      drillEndsAt: null,
      raisedAt: null,
      ackedAt: null,
      ackedBy: null,
      clearedAt: null,
    },
    ...{ announcedAt: null, shelving: null, suppressedBy: [], permit: null, changedAt: 0 },
  };
}

/** Applies one event. Conditions are followed under a suppression too; decisions are refused there. */
export function transition(row: AlarmRow, event: AlarmEvent): Transition {
  const effect = effectOf(row, event);
  if (effect === null) return { kind: 'none' };
  if (typeof effect === 'string') return { kind: 'refused', code: effect };
  const flags = { ...row, ...effect.set, changedAt: event.at };
  const after = isHidden(row) && event.type === 'raise' ? { ...flags, ...raisedUnseen(row, flags) } : flags;
  return {
    kind: 'change',
    change: {
      type: effect.as,
      from: row.letter,
      by: 'by' in event ? event.by : null,
      note: noteOf(event),
      at: event.at,
      after: { ...after, letter: letterOf(after) },
    },
  };
}

/** Nobody is told of it: when it was last announced stays as it was, and a new occurrence has not been. */
function raisedUnseen(before: AlarmRow, { occurrenceId }: AlarmRow): Partial<AlarmRow> {
  const announcedAt = occurrenceId === before.occurrenceId ? before.announcedAt : null;
  return { raisedWhileSuppressed: true, announcedAt };
}

function noteOf(event: AlarmEvent): string | null {
  if ('cause' in event) return event.cause;
  return 'note' in event ? (event.note ?? null) : null;
}

function effectOf(row: AlarmRow, event: AlarmEvent): Effect {
  const from = underlying(row);
  switch (event.type) {
    case 'raise':
      // Over a drill it is another occurrence, whatever has become of that: nothing real is taken for a drill.
      return isRehearsed(row) ? begin(row, event) : TABLE.raise[from](row, event);
    case 'drill':
      return drillRefusal(row, event) ?? rehearse(row, event);
    case 'endDrill':
      if (isRehearsed(row) && row.active) return gone(row, event);
      return event.by === null ? null : 'noDrill';
    case 'clear':
      return TABLE.clear[from](row, event);
    case 'ack':
      return refusedBefore(row, event) ?? TABLE.ack[from](row, event);
    case 'reset':
      return refusedBefore(row, event) ?? TABLE.reset[from](row, event);
    case 'reAlarm':
      return isHidden(row) ? null : TABLE.reAlarm[from](row, event);
    case 'escalate':
      return isHidden(row) ? null : TABLE.escalate[from](row, event);
    case 'shelve':
    case 'removeFromService':
      return isStale(row, event) ? 'stale' : suppressionEffect(row, event);
    case 'unshelve':
    case 'suppress':
    case 'unsuppress':
    case 'placeInService':
      return suppressionEffect(row, event);
  }
}

/** Whether its last occurrence is a drill that a person began. */
export function isRehearsed({ drillEndsAt }: AlarmRow): boolean {
  return drillEndsAt !== null;
}

function drillRefusal(row: AlarmRow, { drillable }: EventOf<'drill'>): RefusalCode | null {
  if (!drillable) return 'notDrillable';
  if (isHidden(row)) return 'suppressed';
  return underlying(row) === 'A' ? null : 'notNormal';
}

function refusedBefore(row: AlarmRow, decision: Decision): RefusalCode | null {
  if (isStale(row, decision)) return 'stale';
  return isHidden(row) ? 'suppressed' : null;
}

function isStale(row: AlarmRow, { occurrenceId, rev }: Decision): boolean {
  return occurrenceId !== row.occurrenceId || rev !== row.rev;
}

type Onset = Pick<EventOf<'raise'>, 'at' | 'latching' | 'afterOutage'>;

function newOccurrence(row: AlarmRow, event: Onset) {
  const { at } = event;
  return { ...unacknowledged(event), occurrenceId: nextOccurrence(row, at), count: 1, raisedAt: at };
}

/** A type whose alarms are drills themselves stays one. */
function inEarnest(row: AlarmRow): Pick<AlarmRow, 'drill' | 'drillEndsAt'> {
  return { drill: row.drill && !isRehearsed(row), drillEndsAt: null };
}

function unacknowledged(event: Onset) {
  return {
    ...{ active: true, acked: false, latched: event.latching, escalation: 0, detectedAfterOutage: event.afterOutage },
    ...{ announcedAt: event.at, ackedAt: null, ackedBy: null, clearedAt: null },
  };
}

/** Ends in the time of its first raise, moved on where a clock that was set back would repeat an earlier id. */
function nextOccurrence(row: AlarmRow, at: number): string {
  const last = Number(/-(\d+)$/.exec(row.occurrenceId ?? '')?.[1] ?? -1);
  return `${row.alarm}-${Math.max(at, last + 1)}`;
}
