/** What becomes of an alarm when its definition changes, comes or goes. Pure. */
import type { AlarmRow } from '../store/rows.ts';
import { initialCondition } from './condition.ts';
import { marksFromRow, type Moment } from './deadlines.ts';
import { follow, track, type Moved, type Tracked } from './tracked.ts';
import type { AlarmDefinition } from './types.ts';

/** A stored alarm that no rule decides, or none yet. */
export function undefinedAlarm(row: AlarmRow, moment: Moment): Tracked {
  const marks = marksFromRow(row, null, moment);
  return { definition: null, row, condition: initialCondition(row.active), verdicts: [], marks, unstored: 0 };
}

/**
 * The alarm under a definition that is new to it. What decides it as before goes on, delays and all; anything else is
 * unknown until it is read, as after a start.
 */
export function redefine(existing: Tracked | undefined, definition: AlarmDefinition, moment: Moment): Tracked {
  const fresh = track(definition, existing?.row, moment);
  if (!existing) return fresh;
  const { condition, verdicts, unstored } = existing;
  const marks = existing.definition ? existing.marks : fresh.marks;
  return isDecidedAlike(existing.definition, definition)
    ? { ...fresh, condition, verdicts, marks, unstored }
    : { ...fresh, marks, unstored };
}

/**
 * The alarm without a definition. Nobody measures its condition any more and it could never be cleared, so it is cleared
 * here, with a note; whoever has not seen it still acknowledges it, and a latch is still reset.
 */
export function abandon(tracked: Tracked, moment: Moment): Moved {
  const left = { ...tracked, definition: null };
  const note = 'cleared because the configuration no longer has a rule for it';
  return follow(left, { type: 'clear', at: moment.at, note }, moment);
}

function isDecidedAlike(before: AlarmDefinition | null, after: AlarmDefinition): boolean {
  const key = (definition: AlarmDefinition) => JSON.stringify([definition.device, definition.trigger]);
  return before !== null && key(before) === key(after);
}
