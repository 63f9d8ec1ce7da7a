/**
 * What a home takes, as a function of time alone: the same at every asking, in any order, for any moment. Whole base units
 * (millilitres, watt-hours, kilojoules), so that nothing is ever rounded twice.
 */
import { createRandom, seedFor } from '../random.ts';
import { DAY_MS, HOUR_MS, wallTime, type LocalMs } from './local-time.ts';

export interface Usage {
  readonly seed: number;
  /** The mean day of a month of weight 100, in base units. */
  readonly perDay: number;
  /** Per month, 100 being the usual: gas and heat are taken in winter. */
  readonly months: readonly number[];
  /** Shares of a day's hours. */
  readonly hours: readonly number[];
}

/** Counting begins here. */
const EPOCH = Date.UTC(2000, 0, 1);
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What has been taken between two local times, in base units; never less for a later `to`. */
export function usedBetween(usage: Usage, from: LocalMs, to: LocalMs): bigint {
  return usedUntil(usage, to) - usedUntil(usage, from);
}

/** Since the year 2000. */
function usedUntil(usage: Usage, at: LocalMs): bigint {
  if (at <= EPOCH) return 0n;
  const day = Math.floor(at / DAY_MS);
  const start = usedByDay(usage, day);
  return start + shareOfDay(usage, day, at - day * DAY_MS, usedByDay(usage, day + 1) - start);
}

/**
 * Until the start of a day. Each day ends up to half its mean amount above the mean's sum, by chance: days differ from half
 * to one and a half of their mean, and no sum over all days is needed.
 */
function usedByDay({ seed, perDay, months }: Usage, day: number): bigint {
  const { year, month, day: date } = wallTime(day * DAY_MS);
  const weight = (index: number): number => months[index] ?? 100;
  const inYear = DAYS.reduce((sum, days, index) => sum + days * weight(index), 0);
  const leapDays = Math.ceil((year - 2000) / 4);
  const full = (year - 2000) * inYear + leapDays * weight(1);
  const isAfterLeapDay = month > 2 && year % 4 === 0;
  const since = DAYS.slice(0, month - 1).reduce((sum, days, index) => sum + days * weight(index), 0);
  const weights = full + since + (isAfterLeapDay ? weight(1) : 0) + (date - 1) * weight(month - 1);
  // What a day may be ahead must not exceed the half of what that day takes, nor of the day before it.
  const yesterday = weight(wallTime(day * DAY_MS - 1).month - 1);
  const ahead = Math.floor((chance(seed, day) * perDay * Math.min(weight(month - 1), yesterday)) / 200);
  return (BigInt(perDay) * BigInt(weights)) / 100n + BigInt(ahead);
}

/** Of each hour's share all passes in 10 to 20 minutes of it: taps and burners are on or off. */
function shareOfDay({ seed, hours }: Usage, day: number, ms: number, amount: bigint): bigint {
  const hour = Math.floor(ms / HOUR_MS);
  const all = hours.reduce((sum, share) => sum + share, 0);
  const before = hours.slice(0, hour).reduce((sum, share) => sum + share, 0);
  const draw = chance(seed, day * 24 + hour);
  const lasts = 600_000 + Math.floor(draw * 600_000);
  const begins = Math.floor(draw * (HOUR_MS - lasts));
  const passed = Math.min(Math.max(ms - hour * HOUR_MS - begins, 0), lasts);
  const share = BigInt(before) * BigInt(lasts) + BigInt(hours[hour] ?? 0) * BigInt(passed);
  return (amount * share) / (BigInt(all) * BigInt(lasts));
}

function chance(seed: number, index: number): number {
  return createRandom(seedFor(seed, String(index)))();
}
