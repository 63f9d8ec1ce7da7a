/** One alarm as the engine follows it, and what a step of it leaves: the alarm after it, and what is to be recorded. Pure. */
import type { AlarmChange, AlarmRow, NewEvent } from '../store/rows.ts';
import type { Condition } from './condition.ts';
import { marksAfter, type Marks, type Moment } from './deadlines.ts';
import { transition, type AlarmEvent } from './lifecycle.ts';
import type { Car, Press } from './press-filter.ts';
import type { AlarmDefinition } from './types.ts';

export interface Tracked {
  /** Null: no rule decides it any more; it stays until people are done with it. */
  readonly definition: AlarmDefinition | null;
  readonly row: AlarmRow;
  readonly condition: Condition;
  /** Of each of the trigger's tests. `met` outlives `known`: it decides within the hysteresis. */
  readonly verdicts: readonly { readonly known: boolean; readonly met: boolean }[];
  /** Of an alarm with a filter: what its contacts said, and the press that it holds back. */
  readonly car: Car;
  readonly press: Press | null;
  /** When what time alone does to it is due. */
  readonly marks: Marks;
  /** Changes that have been recorded and not yet reported as stored: until then `row.rev` is behind. */
  readonly unstored: number;
}

export interface Moved {
  readonly tracked: Tracked;
  readonly changes: readonly AlarmChange[];
  /** What belongs into the journal and is no change of the alarm. */
  readonly events?: readonly NewEvent[];
}

/** Takes an event that nobody can be refused. */
export function follow(tracked: Tracked, event: AlarmEvent, moment: Moment): Moved {
  const result = transition(tracked.row, event);
  return result.kind === 'change' ? change(tracked, result.change, moment) : { tracked, changes: [] };
}

/** The alarm after a change that is about to be recorded. */
export function change(tracked: Tracked, made: AlarmChange, { now }: Moment): Moved {
  const marks = marksAfter(tracked.marks, tracked.row, made, now);
  return { tracked: { ...tracked, marks, row: made.after, unstored: tracked.unstored + 1 }, changes: [made] };
}

/** Goes on with what a step has left; both have made their changes. */
export function andThen({ tracked, changes, events = [] }: Moved, step: (tracked: Tracked) => Moved): Moved {
  const next = step(tracked);
  return {
    tracked: next.tracked,
    changes: [...changes, ...next.changes],
    events: [...events, ...(next.events ?? [])],
  };
}
