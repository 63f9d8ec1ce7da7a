/**
 * When a meter kept the value of a settlement day. No reply says it: it follows from the settlement day that the meter is set
 * to (8103) and from its clock. CJ/T 188-2004 gives the day alone; its beginning is taken, as makers' firmware keeps the value
 * when the date changes to it.
 */
import { secondsOf } from './decode-time.ts';

/** Days that some months do not have: what a meter does in those is not known. */
const LAST_SURE_DAY = 28;
/** A meter that sleeps keeps its value when it next wakes up; before that the latest value is the one before. */
const SETTLING_S = 3600;
/** How exactly the meter's clock is known when the value was read in another request than the clock. */
const DOUBT_S = 120;

/**
 * `clockS`: the meter's clock when the value was read, in seconds as `secondsOf` counts. `day`: 1 to 31. `ago`: 1 is the latest.
 * `2026-11-01T00:00:00`, in the time of the meter's clock; null where it cannot be told.
 */
export function settlementMoment(clockS: number, day: number, ago: number): string | null {
  if (!Number.isInteger(day) || day < 1 || day > LAST_SURE_DAY) return null;
  const last = latest(clockS, day);
  const isSettling = clockS - secondsAt(last) < SETTLING_S;
  const isAlmostOver = secondsAt(monthsLater(last, 1)) - clockS < DOUBT_S;
  if (isSettling || isAlmostOver) return null;
  return monthsLater(last, 1 - ago)
    .toISOString()
    .slice(0, 19);
}

/** Seconds of a clock's text, with what has passed since; null where it is none. `elapsedMs`: since the clock was read. */
export function runningClock(text: string | null, elapsedMs: number): number | null {
  const seconds = text === null ? null : secondsOf(text);
  return seconds === null ? null : seconds + elapsedMs / 1000;
}

function latest(clockS: number, day: number): Date {
  const now = new Date(clockS * 1000);
  const thisMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), day));
  return thisMonth.getTime() <= now.getTime() ? thisMonth : monthsLater(thisMonth, -1);
}

function monthsLater(date: Date, months: number): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()));
}

function secondsAt(date: Date): number {
  return date.getTime() / 1000;
}
