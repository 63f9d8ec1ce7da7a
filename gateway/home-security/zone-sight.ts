/**
 * What is known of a zone, and when it trips: by its level or by what its module has counted, each opening once. Armed or not
 * makes no difference here. Pure; `now` is monotonic milliseconds.
 */
import { initialCondition, seeLevel, seePulses, type Condition, type Step } from '../alarms/condition.ts';
import type { PulseInput } from '../alarms/types.ts';
import type { ZoneLevel } from '../alarms/zone-tests.ts';

export interface Sight {
  readonly level: ZoneLevel;
  /** Of being open, without delays. */
  readonly condition: Condition;
}

/** `found`: it was open when it was first seen, or was counted while nobody looked. Nobody knows when it tripped. */
export interface Trip {
  readonly found: boolean;
  readonly by: 'level' | 'count';
}

export interface Sighted {
  readonly sight: Sight;
  readonly trip: Trip | null;
}

/** What one look at a device says of a zone. */
export interface ZoneNews {
  readonly zone: string;
  /** Undefined where its point was not read. */
  readonly level?: ZoneLevel | undefined;
  /** Null where its counters were not read. */
  readonly edges: { readonly count: number; readonly afterOutage: boolean } | null;
  readonly countsAt: PulseInput['countsAt'];
}

const AT_ONCE = { onDelayMs: 0, offDelayMs: 0 };

/** Not read since the start, since its module was lost, or since it was wired otherwise. */
export const UNSEEN: Sight = { level: 'unknown', condition: initialCondition(false) };

export function sighted(sight: Sight, { level, edges, countsAt }: ZoneNews, now: number): Sighted {
  const seen = level === undefined ? { sight, trip: null } : see(sight, level, now);
  if (!edges) return seen;
  const step = seePulses(seen.sight.condition, edges.count, countsAt, edges.afterOutage);
  const counted = after(seen.sight, step, 'count');
  return { sight: counted.sight, trip: seen.trip ?? counted.trip };
}

/** What does not tell is left as it was: a poll that has failed once must not make a door of yesterday trip today. */
function see(sight: Sight, level: ZoneLevel, now: number): Sighted {
  if (level !== 'open' && level !== 'closed') return { sight: { ...sight, level }, trip: null };
  return after({ ...sight, level }, seeLevel(sight.condition, level === 'open', AT_ONCE, now), 'level');
}

function after(sight: Sight, { condition, signal }: Step, by: Trip['by']): Sighted {
  const trip = signal?.type === 'raise' ? { found: signal.afterOutage, by } : null;
  return { sight: { ...sight, condition }, trip };
}

/**
 * From now on it counts: whatever it was before it could no longer be told, if it is open when it can, it has tripped. So has what
 * was only counted by now, and is open when its level is read.
 */
export function forgetUntold(sight: Sight): Sight {
  const { level, condition } = sight;
  if (level === 'open') return sight;
  return { ...sight, condition: level === 'closed' ? { ...condition, active: false } : UNSEEN.condition };
}
