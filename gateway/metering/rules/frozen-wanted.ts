/** Which of the values that a meter froze are worth reading now. */
import type { Frozen } from '../../../drivers/contract.ts';
import type { LocalTime, MeterReading } from '../model.ts';
import { periodAt, previousPeriod, type Cut } from './period.ts';
import { instantOf, localOf } from './zone.ts';

export interface FrozenFacts {
  /** What the meter's profile can read. */
  readonly offered: readonly Frozen[];
  /** Of the meter, from the last cut or `lastAnswer` on, whichever is earlier. */
  readonly readings: readonly Pick<MeterReading, 'at' | 'quality' | 'standing'>[];
  /** What was frozen before is not of this home. Unix milliseconds. */
  readonly installedAt: number;
  /** When it had answered before it was silent; null: never. */
  readonly lastAnswer: number | null;
  readonly now: number;
}

export interface Wanted {
  readonly frozen: Frozen;
  /** What the meter time of the answer must be, and is on the site's clock. An answer of another time is not of this cut. */
  readonly meterTime: LocalTime;
  readonly at: number;
}

/** So near to a midnight a reading of the gateway does as well. */
export const NEAR = 2 * 3_600_000;

/**
 * The value of the last cut, until it is stored: billing prefers it to all others. After an outage those of the cuts and of the
 * midnights within it, but for midnights that have a reading near. Oldest first: the meter overwrites that one next.
 */
export function frozenWanted(facts: FrozenFacts, cut: Cut): Wanted[] {
  const wanted = facts.offered.map((frozen): Wanted => {
    const at =
      frozen.kind === 'settlement' ? cutBefore(facts.now, frozen.ago, cut) : midnightBefore(facts.now, frozen.ago, cut);
    return { frozen, at, meterTime: localOf(at, cut.zone) };
  });
  return wanted.filter((one) => isWanted(one, facts)).sort((a, b) => a.at - b.at);
}

function isWanted(
  { frozen: { kind, ago }, at }: Wanted,
  { readings, installedAt, lastAnswer, now }: FrozenFacts,
): boolean {
  if (at < installedAt || at > now) return false;
  const inOutage = lastAnswer !== null && at > lastAnswer;
  const usable = readings.filter(({ standing }) => standing !== 'rejected');
  if (kind === 'daily') return inOutage && !usable.some((reading) => Math.abs(reading.at - at) <= NEAR);
  return (ago === 1 || inOutage) && !usable.some((reading) => reading.quality === 'frozen' && reading.at === at);
}

/** The cut that was `ago` cuts before `now`; 1 is the last one. */
function cutBefore(now: number, ago: number, cut: Cut): number {
  let period = periodAt(now, cut);
  for (let steps = 1; steps < ago; steps += 1) period = previousPeriod(period, cut);
  return period.from;
}

function midnightBefore(now: number, ago: number, { zone }: Cut): number {
  const today = Date.parse(`${localOf(now, zone).slice(0, 10)}T00:00:00Z`);
  const day = new Date(today - (ago - 1) * 86_400_000).toISOString().slice(0, 10);
  return instantOf(`${day}T00:00:00`, zone);
}
