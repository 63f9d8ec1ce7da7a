/** How one alarm follows what its sources say, and what time alone does to it. Plain data, pure steps. */
import type { Reading } from '../../drivers/contract.ts';
import type { AlarmRow, DeviceStateName } from '../store/rows.ts';
import { advance, dueAt, initialCondition, pause, seeLevel, seePulses, type Step } from './condition.ts';
import { deadlineOf, marksFromRow, type Moment } from './deadlines.ts';
import { isRehearsed, normalRow } from './lifecycle.ts';
import { andThen, follow, type Moved, type Tracked } from './moved.ts';
import { holds } from './point-test.ts';
import { seeCar, UNKNOWN_CAR } from './press-filter.ts';
import { cleared, judged, raised } from './press-steps.ts';
import type { AlarmDefinition, PulseInput } from './types.ts';

/** Edges that a counter or latch has shown since it was last read. */
export interface Pulses {
  readonly point: string;
  readonly count: number;
  /** Counted while nobody was looking: the gateway was down, or the module could not be reached. */
  readonly afterOutage: boolean;
}

/** What one look at a device brought. */
export interface Look extends Moment {
  readonly seen: ReadonlyMap<string, Reading>;
  readonly pulses: readonly Pulses[];
}

/** Begins to follow an alarm, from its stored row where it has one. Its condition is unknown until it is read. */
export function track(definition: AlarmDefinition, row: AlarmRow | undefined, moment: Moment): Tracked {
  const { alarm, source, device, type, channel, settings, trigger } = definition;
  const identity = { alarm, source, device, type, channel, priority: settings.priority };
  const known = row ?? normalRow(identity);
  const current = { ...known, ...identity, drill: isRehearsed(known) || (settings.drill ?? false) };
  // A drill says nothing of what the points say.
  const active = current.active && !isRehearsed(current);
  const tests = trigger.kind === 'points' ? trigger.tests : [trigger];
  return {
    ...{ definition, row: current, condition: initialCondition(active), unstored: 0 },
    marks: marksFromRow(current, settings, moment),
    verdicts: tests.map(() => ({ known: false, met: active })),
    ...{ car: UNKNOWN_CAR, press: null },
  };
}

/** Monotonic milliseconds; null while nothing is waited for. */
export function nextDueOf({ definition, condition, row, marks, press }: Tracked): number | null {
  const delay = definition && dueAt(condition, definition.settings);
  const deadline = deadlineOf(row, definition?.settings ?? null, marks);
  const due = Math.min(delay ?? Infinity, deadline?.due ?? Infinity, press?.due ?? Infinity);
  return due === Infinity ? null : due;
}

/** Ends a delay that is due, and does what time alone does: one level after the other, where several are due. */
export function elapse(tracked: Tracked, moment: Moment): Moved {
  const { definition, condition } = tracked;
  const delayed = definition
    ? apply(tracked, advance(condition, definition.settings, moment.now), moment)
    : { tracked, changes: [] };
  return andThen(
    andThen(delayed, (next) => judged(next, moment)),
    (next) => passTime(next, moment),
  );
}

function passTime(tracked: Tracked, moment: Moment): Moved {
  const deadline = deadlineOf(tracked.row, tracked.definition?.settings ?? null, tracked.marks);
  if (!deadline || deadline.due > moment.now) return { tracked, changes: [] };
  const event = { type: deadline.type, at: moment.at, by: null, note: null };
  return andThen(follow(tracked, event, moment), (next) => passTime(next, moment));
}

/** Takes what was read of the alarm's points. The same `tracked` comes back where none was. */
export function look(tracked: Tracked, seen: Look): Moved {
  const filter = tracked.definition?.filter;
  if (!filter) return lookAtPoints(tracked, seen);
  // The button first: what it no longer tells must not be judged by what the car tells now.
  return andThen(lookAtPoints(tracked, seen), (next) =>
    judged({ ...next, car: seeCar(next.car, filter, seen.seen, seen.now) }, seen),
  );
}

function lookAtPoints(tracked: Tracked, seen: Look): Moved {
  const trigger = tracked.definition?.trigger;
  if (trigger?.kind !== 'points') return { tracked, changes: [] };
  const readings = trigger.tests.map((test) => seen.seen.get(test.point));
  const verdicts = trigger.tests.map((test, index) => {
    const before = tracked.verdicts[index] ?? { known: false, met: false };
    const reading = readings[index];
    if (!reading) return before;
    const met = holds(test, before.met, reading);
    return met === null ? { known: false, met: before.met } : { known: true, met };
  });
  const isRead = readings.some((reading) => reading !== undefined);
  const levelled = isRead ? settle({ ...tracked, verdicts }, seen) : { tracked, changes: [] };
  return trigger.pulse ? andThen(levelled, (next) => count(next, trigger.pulse, seen)) : levelled;
}

/**
 * Takes the state of the alarm's device. While it cannot be heard, nothing of it is known but that. While only some of its
 * polls fail, nobody says which: delays wait until their own points are read again.
 */
export function lookAtState(tracked: Tracked, state: DeviceStateName, seen: Moment): Moved {
  const trigger = tracked.definition?.trigger;
  if (!trigger) return { tracked, changes: [] };
  const heard = state === 'online' || state === 'degraded';
  if (trigger.kind === 'points') {
    if (state === 'online') return { tracked, changes: [] };
    if (state === 'degraded') return andThen(elapse(tracked, seen), (next) => paused(next, seen.now));
    const verdicts = tracked.verdicts.map(({ met }) => ({ known: false, met }));
    const settled = settle({ ...tracked, verdicts, car: UNKNOWN_CAR }, seen);
    return andThen(settled, (next) => judged(next, seen));
  }
  return settle({ ...tracked, verdicts: [{ known: heard || state === 'offline', met: state === 'offline' }] }, seen);
}

/** Ends what is due, then goes by the verdicts: one that is met is enough; none is met only if all are known. */
function settle(tracked: Tracked, seen: Moment): Moved {
  const met = tracked.verdicts.some((verdict) => verdict.known && verdict.met);
  const level = met || (tracked.verdicts.every(({ known }) => known) ? false : null);
  return andThen(elapse(tracked, seen), (next) =>
    next.definition
      ? apply(next, seeLevel(next.condition, level, next.definition.settings, seen.now), seen)
      : { tracked: next, changes: [] },
  );
}

function count(tracked: Tracked, pulse: PulseInput | null, { seen, pulses, ...moment }: Look): Moved {
  if (!pulse) return { tracked, changes: [] };
  const mine = pulses.filter(({ point }) => pulse.points.includes(point));
  const isRead = pulse.counting.some((point) => (seen.get(point)?.quality ?? 'bad') !== 'bad');
  if (mine.length === 0 && !isRead) return { tracked, changes: [] };
  // A counter and a latch that move together have seen the same edge.
  const edges = Math.max(0, ...mine.map((entry) => entry.count));
  const afterOutage = mine.some((entry) => entry.afterOutage);
  return apply(tracked, seePulses(tracked.condition, edges, pulse.countsAt, afterOutage), moment);
}

function apply(tracked: Tracked, { condition, signal }: Step, moment: Moment): Moved {
  const next = { ...tracked, condition };
  if (!signal || !tracked.definition) return { tracked: next, changes: [] };
  const { latching } = tracked.definition.settings;
  const { at } = moment;
  return signal.type === 'raise'
    ? raised(next, { ...signal, latching, at }, moment)
    : cleared(next, { ...signal, at }, moment);
}

function paused(tracked: Tracked, now: number): Moved {
  return { tracked: { ...tracked, condition: pause(tracked.condition, now) }, changes: [] };
}
