/**
 * Local wall-clock time, as meters have it: milliseconds that count as if the wall were at UTC. China has had no summer time
 * since 1991: a day has 24 hours.
 */

export type LocalMs = number;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Beijing time, which the whole country has. */
export const UTC_OFFSET_MS = 8 * HOUR_MS;

export interface Wall {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

export function wallOf(local: LocalMs): Wall {
  const date = new Date(local);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
  };
}

/** Month 0 is December of the year before, and so on. */
export function localMs(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): LocalMs {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** `2026-11-01T00:00:00`. */
export function localText(local: LocalMs): string {
  return new Date(local).toISOString().slice(0, 19);
}

const TEXT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

/** The other way; null where it is no such time. */
export function parseLocal(text: string): LocalMs | null {
  const local = Date.parse(`${text}Z`);
  return TEXT.test(text) && !Number.isNaN(local) && localText(local) === text ? local : null;
}
