/** Billing periods: `[from, to)` between two cuts on the site's wall clock. Whole months; a month may start on any day up to the 28th. */
import type { LocalTime } from '../model.ts';
import { instantOf, localOf } from './zone.ts';

export interface Cut {
  /** Day of the month, 1 to 28: every month has it. */
  readonly day: number;
  /** `HH:MM` on the wall clock. */
  readonly time: string;
  /** IANA name. */
  readonly zone: string;
}

export interface Period {
  /** `2026-11`: the month in which it begins, or, with a cut on the 16th or later, the month in which it ends. */
  readonly name: string;
  /** Unix milliseconds; the first instant of the period. */
  readonly from: number;
  /** The first instant after it, which is the `from` of the next. */
  readonly to: number;
  /** Both on the wall clock. */
  readonly fromLocal: LocalTime;
  readonly toLocal: LocalTime;
}

const NAME = /^(\d{4})-(0[1-9]|1[0-2])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
/** A cut from here on leaves most of the period's days in the month in which it ends. */
const SECOND_HALF = 16;

/** Midnight on the first. `zone`: IANA name. */
export function midnightOnTheFirst(zone: string): Cut {
  return { day: 1, time: '00:00', zone };
}

/** The period of that name. Throws RangeError where there is no such name, day or time. */
export function periodNamed(name: string, cut: Cut): Period {
  const month = monthOf(name) - (endsInItsMonth(cut) ? 1 : 0);
  const fromLocal = cutIn(month, cut);
  const toLocal = cutIn(month + 1, cut);
  return { name, from: instantOf(fromLocal, cut.zone), to: instantOf(toLocal, cut.zone), fromLocal, toLocal };
}

/** The period that `at` (Unix milliseconds) lies in. */
export function periodAt(at: number, cut: Cut): Period {
  const guess = periodNamed(localOf(at, cut.zone).slice(0, 7), cut);
  if (at < guess.from) return previousPeriod(guess, cut);
  return at < guess.to ? guess : nextPeriod(guess, cut);
}

/** The latest period that is over at `at`: the one to be billed. */
export function lastPeriodOver(at: number, cut: Cut): Period {
  return previousPeriod(periodAt(at, cut), cut);
}

export function previousPeriod({ name }: Pick<Period, 'name'>, cut: Cut): Period {
  return periodNamed(nameOf(monthOf(name) - 1), cut);
}

export function nextPeriod({ name }: Pick<Period, 'name'>, cut: Cut): Period {
  return periodNamed(nameOf(monthOf(name) + 1), cut);
}

function cutIn(month: number, { day, time }: Cut): LocalTime {
  if (!Number.isInteger(day) || day < 1 || day > 28) throw new RangeError(`a cut is on day 1 to 28, not ${day}`);
  if (!TIME.test(time)) throw new RangeError(`a cut is at a time such as 00:00, not ${time}`);
  return `${nameOf(month)}-${String(day).padStart(2, '0')}T${time}:00`;
}

function endsInItsMonth(cut: Cut): boolean {
  return cut.day >= SECOND_HALF;
}

/** Months since the year 0. */
function monthOf(name: string): number {
  const [, year, month] = NAME.exec(name) ?? [];
  if (year === undefined || month === undefined) throw new RangeError(`a period is named as 2026-11, not ${name}`);
  return Number(year) * 12 + Number(month) - 1;
}

function nameOf(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
