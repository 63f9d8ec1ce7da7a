/** What becomes of an alarm when its definition changes, comes or goes. Pure. */
import type { AlarmRow } from '../store/rows.ts';
import { initialCondition } from './condition.ts';
import { transition } from './lifecycle.ts';
import { change, track, type Moved, type Tracked } from './tracked.ts';
import type { AlarmDefinition } from './types.ts';

/** A stored alarm that no rule decides, or none yet. */
export function undefinedAlarm(row: AlarmRow): Tracked {
  return { definition: null, row, condition: initialCondition(row.active), verdicts: [], unstored: 0 };
}

/**
 * The alarm under a definition that is new to it. What decides it as before goes on, delays and all; anything else is
 * unknown until it is read, as after a start.
 */
export function redefine(existing: Tracked | undefined, definition: AlarmDefinition): Tracked {
  const fresh = track(definition, existing?.row);
  if (!existing) return fresh;
  const { condition, verdicts, unstored } = existing;
  return isDecidedAlike(existing.definition, definition)
    ? { ...fresh, condition, verdicts, unstored }
    : { ...fresh, unstored };
}

/**
 * The alarm without a definition. Nobody measures its condition any more and it could never be cleared, so it is cleared
 * here, with a note; whoever has not seen it still acknowledges it, and a latch is still reset.
 */
export function abandon(tracked: Tracked, at: number): Moved {
  const left = { ...tracked, definition: null };
  const note = 'cleared because the configuration no longer has a rule for it';
  const result = transition(tracked.row, { type: 'clear', at, note });
  return result.kind === 'change' ? change(left, result.change) : { tracked: left, changes: [] };
}

function isDecidedAlike(before: AlarmDefinition | null, after: AlarmDefinition): boolean {
  const key = (definition: AlarmDefinition) => JSON.stringify([definition.device, definition.trigger]);
  return before !== null && key(before) === key(after);
}
