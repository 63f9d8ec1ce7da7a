/** When a meter settled, as its settlement days and its own clock tell. Its registers of a settlement have no time. */

/** Day and hour of each month. */
export interface SettlementDay {
  readonly day: number;
  readonly hour: number;
}

/** So near to a settlement nobody knows whether the meter has made it yet. */
const UNCERTAIN_MS = 120_000;
const MOST_MONTHS = 14;

/**
 * The last `count` settlements before `now`, the latest first, as `2026-11-01T00:00:00`; null while one of them is just being
 * made. `now`: the meter's local time as if it were UTC, Unix milliseconds. A day that a month lacks is none of that month.
 */
export function settlementMoments(days: readonly SettlementDay[], now: number, count: number): string[] | null {
  const today = new Date(now);
  const year = today.getUTCFullYear();
  const month = today.getUTCMonth();
  const moments = Array.from({ length: MOST_MONTHS }, (_, i) => month + 1 - i).flatMap((of) =>
    days.flatMap(({ day, hour }) => {
      const moment = Date.UTC(year, of, day, hour);
      return new Date(moment).getUTCDate() === day ? [moment] : [];
    }),
  );
  if (moments.some((moment) => Math.abs(moment - now) < UNCERTAIN_MS)) return null;
  const past = [...new Set(moments)].filter((moment) => moment < now).toSorted((a, b) => b - a);
  return past.slice(0, count).map(localText);
}

/** `01 00`, as a meter's settlement day is decoded; null where none is set. */
export function settlementDayOf(text: string | null): SettlementDay | null {
  const [, day, hour] = /^(\d\d) (\d\d)$/.exec(text ?? '') ?? [];
  return day === undefined ? null : { day: Number(day), hour: Number(hour) };
}

/** `2026-11-01 00:00`, as clocks are decoded, in Unix milliseconds as if it were UTC. */
export function asIfUtc(localTime: string): number {
  return Date.parse(`${isoLocal(localTime)}Z`);
}

/** `2026-11-01 00:00` as `2026-11-01T00:00:00`. */
export function isoLocal(localTime: string): string {
  const text = localTime.replace(' ', 'T');
  return /T\d\d:\d\d$/.test(text) ? `${text}:00` : text;
}

function localText(moment: number): string {
  return new Date(moment).toISOString().slice(0, 19);
}
