/**
 * From what a source says to whether its alarm's condition holds: on-delay, off-delay, counted pulses. Pure; `now` is
 * monotonic milliseconds.
 *
 * Time counts only while the source is known. A delay that ran on while nothing is heard would raise, or clear, from
 * silence; one that started again after each gap would let a line that fails now and then put an alarm off for ever. So
 * a delay stands still while the source is unknown and counts on if the source comes back unchanged.
 */
export interface Delays {
  readonly onDelayMs: number;
  readonly offDelayMs: number;
}

export interface Condition {
  /** After the delays: what the alarm's `active` follows. */
  readonly active: boolean;
  /** What the source last said. */
  readonly level: boolean;
  readonly known: boolean;
  /** Observed time for which `level` has contradicted `active`, up to `since`. */
  readonly elapsedMs: number;
  /** From when a running delay counts on; null when none runs. */
  readonly since: number | null;
  /** The level was already true when it was first seen, or first seen again. */
  readonly onsetMissed: boolean;
  /** The level has raised the alarm, and the counter has yet to show the same edge. */
  readonly edgeOwed: boolean;
}

export type Signal = { readonly type: 'raise'; readonly afterOutage: boolean } | { readonly type: 'clear' };

export interface Step {
  readonly condition: Condition;
  readonly signal: Signal | null;
}

/** A condition after a start: as the store remembers it, and unknown until it is read again. */
export function initialCondition(active: boolean): Condition {
  return {
    ...{ active, level: active, known: false, elapsedMs: 0, since: null },
    ...{ onsetMissed: false, edgeOwed: false },
  };
}

/** When `advance` will have something to do; null when no delay runs. */
export function dueAt(condition: Condition, delays: Delays): number | null {
  if (condition.since === null) return null;
  const delayMs = condition.level ? delays.onDelayMs : delays.offDelayMs;
  return condition.since + delayMs - condition.elapsedMs;
}

/** Ends a delay that is due. To be called before anything new is looked at, so that a late timer changes nothing. */
export function advance(condition: Condition, delays: Delays, now: number): Step {
  const due = dueAt(condition, delays);
  if (due === null || now < due) return { condition, signal: null };
  const { level: active, onsetMissed } = condition;
  return {
    condition: { ...condition, ...IDLE, active, edgeOwed: active || condition.edgeOwed },
    signal: active ? { type: 'raise', afterOutage: onsetMissed } : { type: 'clear' },
  };
}

/** Takes what the source says now; null when it is unknown. */
export function seeLevel(condition: Condition, level: boolean | null, delays: Delays, now: number): Step {
  if (level === null) return { condition: { ...pause(condition, now), known: false }, signal: null };
  if (level === condition.active) return { condition: { ...condition, ...IDLE, level, known: true }, signal: null };
  if (level === condition.level) {
    return advance({ ...condition, known: true, since: condition.since ?? now }, delays, now);
  }
  const begun = { ...condition, level, elapsedMs: 0, since: now, onsetMissed: level && !condition.known, known: true };
  return advance(begun, delays, now);
}

/** Stops a running delay until the level is next seen: it may not be seen for a while. */
export function pause(condition: Condition, now: number): Condition {
  const ran = condition.since === null ? 0 : now - condition.since;
  return { ...condition, elapsedMs: condition.elapsedMs + ran, since: null };
}

/**
 * Takes the edges that a counter or latch shows since it was last read: 0 when it has not moved. Level and counter are
 * often read by different requests, in either order, so one press must not count twice: an edge that the level has
 * already raised is owed by the counter; and what a pulse has raised is not cleared before the level is read again.
 */
export function seePulses(condition: Condition, count: number, countsAt: 'onset' | 'end', afterOutage: boolean): Step {
  // An inverted contact's edge comes only when it closes again; any other that the counter has not shown by now, it
  // never counted (stopped, restarted), and it must not swallow the next.
  const stillOwed = condition.edgeOwed && count === 0 && countsAt === 'end' && condition.level;
  const fresh = count - (condition.edgeOwed ? 1 : 0);
  if (fresh <= 0) return { condition: { ...condition, edgeOwed: stillOwed }, signal: null };
  return {
    condition: { ...condition, ...IDLE, active: true, edgeOwed: false },
    signal: { type: 'raise', afterOutage },
  };
}

const IDLE = { elapsedMs: 0, since: null, onsetMissed: false } as const;
