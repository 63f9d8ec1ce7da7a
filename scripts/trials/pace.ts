/** How fast a month may pass: what the lines can carry, and what a bill needs of them. Pure. */
import { secondsBetween, shifted } from './local-time.ts';
import type { Rounds } from './rounds.ts';

/** Rates are simulated seconds a second. */
export interface Pace {
  /** A meter's registers are read so often, in seconds of the machine. */
  readonly registersEveryS: number;
  /** What it has kept, in seconds of the machine. */
  readonly keptEveryS: number;
  /** Around the ends of the month. */
  readonly atCuts: number;
  /** The fastest between them. */
  readonly fastest: number;
}

/** Time of a leg of the trial, which ends at `until`, a local time such as `2026-11-01T00:00:00`. */
export interface Leg {
  readonly until: string;
  readonly rate: number;
}

/** Of a line's time for each of the two rounds. The rest is for what is asked twice, and for who answers late or not at all. */
const SHARE = 0.3;
/** A reading closes a period when it is so near to the cut: `metering.toleranceMin` as it is without other settings. */
const TOLERANCE_S = 7_200;
/** The month has so many readings of each register at least, and so many of what was kept. */
const READINGS = 10;
const KEPT = 2;
const MONTH_S = 28 * 86_400;
/** A day takes so long at least: what a meter froze is asked for in several requests, which all have to be of one day. */
const DAY_AT_LEAST_S = 20;
/** It is slow for so long before a cut, and after it: then no meter is at its settlement any more. */
const AROUND_CUT_S = 3 * 3_600;

export function paceOf({ registersMs, keptMs }: Rounds): Pace {
  const registersEveryS = Math.ceil(registersMs / 1_000 / SHARE);
  const keptEveryS = Math.ceil(keptMs / 1_000 / SHARE);
  const enough = Math.min(MONTH_S / (READINGS * registersEveryS), MONTH_S / (KEPT * keptEveryS));
  const fastest = Math.max(1, Math.floor(Math.min(enough, 86_400 / DAY_AT_LEAST_S)));
  const atCuts = Math.max(1, Math.floor(Math.min(TOLERANCE_S / registersEveryS, fastest)));
  return { registersEveryS, keptEveryS, atCuts, fastest };
}

/** From before the month's start to after its end: slow around both. `from`, `to`: local times. */
export function legsOf({ atCuts }: Pace, rate: number, from: string, to: string): Leg[] {
  const slow = Math.min(rate, atCuts);
  return [
    { until: shifted(from, -AROUND_CUT_S), rate },
    { until: shifted(from, AROUND_CUT_S), rate: slow },
    { until: shifted(to, -AROUND_CUT_S), rate },
    { until: shifted(to, AROUND_CUT_S), rate: slow },
  ];
}

/** How long the legs take, in seconds of the machine. */
export function lengthOf(legs: readonly Leg[], start: string): number {
  const starts = [start, ...legs.map(({ until }) => until)];
  return legs.reduce((sum, { until, rate }, i) => sum + secondsBetween(starts[i] ?? until, until) / rate, 0);
}
