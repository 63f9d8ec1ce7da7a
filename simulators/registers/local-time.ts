/** Time as clocks on walls show it, without zones: simulated meters live at one place. */

/** Milliseconds since 1970-01-01T00:00 of the local clock. */
export type LocalMs = number;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The fields of a local time; month and day from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export function wallTime(at: LocalMs): WallTime {
  const date = new Date(at);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** `local('2026-11-01T00:00:00')`. Throws RangeError where it is no time. */
export function local(text: string): LocalMs {
  const at = Date.parse(`${text}Z`);
  if (Number.isNaN(at)) throw new RangeError(`${text} is no local time`);
  return at;
}

/**
 * The latest moment not after `at` that begins the settlement day `day` (1 to 28) of a month, `ago` months earlier: 0 is the
 * latest itself.
 */
export function settledBefore(at: LocalMs, day: number, ago = 0): LocalMs {
  const { year, month } = wallTime(at);
  const ofThisMonth = Date.UTC(year, month - 1, day);
  return Date.UTC(year, month - 1 - ago - (ofThisMonth > at ? 1 : 0), day);
}

/** The latest start of `day` and `month` not after `at`: once a year. */
export function yearlyBefore(at: LocalMs, month: number, day: number): LocalMs {
  const { year } = wallTime(at);
  const ofThisYear = Date.UTC(year, month - 1, day);
  return ofThisYear > at ? Date.UTC(year - 1, month - 1, day) : ofThisYear;
}
