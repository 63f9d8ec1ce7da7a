/** What becomes of an alarm when its definition changes, comes or goes. Pure. */
import type { AlarmRow } from '../store/rows.ts';
import { initialCondition } from './condition.ts';
import { marksFromRow, type Marks, type Moment } from './deadlines.ts';
import { andThen, follow, type Moved, type Tracked } from './moved.ts';
import { UNKNOWN_CAR } from './press-filter.ts';
import { judged } from './press-steps.ts';
import { longestShelfMs } from './shelving-limits.ts';
import { track } from './tracked.ts';
import type { AlarmDefinition } from './types.ts';

/** A stored alarm that no rule decides, or none yet. */
export function undefinedAlarm(row: AlarmRow, moment: Moment): Tracked {
  const marks = marksFromRow(row, null, moment);
  const condition = initialCondition(row.active);
  return { definition: null, row, condition, verdicts: [], car: UNKNOWN_CAR, press: null, marks, unstored: 0 };
}

/**
 * The alarm under a definition that is new to it. What decides it as before goes on, delays and all; anything else is
 * unknown until it is read, as after a start.
 */
export function redefine(existing: Tracked | undefined, definition: AlarmDefinition, moment: Moment): Tracked {
  const fresh = track(definition, existing?.row, moment);
  if (!existing) return fresh;
  const { condition, verdicts, car, unstored } = existing;
  const marks = existing.definition ? shelvedAsAllowed(existing.marks, fresh, moment) : fresh.marks;
  // A press that is held back is judged anew: at once, for the contacts of a new filter are not known yet.
  const press = existing.press && { ...existing.press, due: moment.now };
  return isDecidedAlike(existing.definition, definition)
    ? { ...fresh, condition, verdicts, car, press, marks, unstored }
    : { ...fresh, press, marks, unstored };
}

/**
 * The alarm without a definition. Nobody measures its condition any more and it could never be cleared, so it is cleared
 * here, with a note; whoever has not seen it still acknowledges it, and a latch is still reset.
 */
export function abandon(tracked: Tracked, moment: Moment): Moved {
  const note = 'cleared because the configuration no longer has a rule for it';
  const left = judged({ ...tracked, definition: null }, moment);
  return andThen(left, (next) => follow(next, { type: 'clear', at: moment.at, note }, moment));
}

function shelvedAsAllowed(marks: Marks, { row, definition }: Tracked, { now }: Moment): Marks {
  const latest = now + longestShelfMs(row, definition?.settings ?? null);
  return { ...marks, shelvedUntil: Math.min(marks.shelvedUntil, latest) };
}

function isDecidedAlike(before: AlarmDefinition | null, after: AlarmDefinition): boolean {
  const key = (definition: AlarmDefinition) =>
    JSON.stringify([definition.device, definition.trigger, definition.filter]);
  return before !== null && key(before) === key(after);
}
