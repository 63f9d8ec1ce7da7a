/** Wall clocks and instants. The zones' rules are those of the IANA data that Node's Intl carries; there is no table here. */
import type { LocalTime } from '../model.ts';

const DAY = 86_400_000;
const SHAPE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

/** A format is dear to make, and a site has one zone. */
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** What a clock on the wall shows at `at` (Unix milliseconds; parts of a second are dropped). Throws RangeError for no such zone. */
export function localOf(at: number, zone: string): LocalTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const year = of('year').padStart(4, '0');
  return `${year}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}`;
}

/**
 * When the clock on the wall shows `local`, Unix milliseconds. Where it does so twice (clocks are set back): the first time. Where
 * it never does (they are set forward): as long after the change as `local` is after the hour that is left out, as calendars do
 * (RFC 5545, 3.3.5). Throws RangeError where `local` is no date and time.
 */
export function instantOf(local: LocalTime, zone: string): number {
  const [earliest] = instantsOf(local, zone);
  return earliest;
}

/** As `instantOf`; of two such times the one nearer to `near`. */
export function instantNear(local: LocalTime, zone: string, near: number): number {
  const [first, second = first] = instantsOf(local, zone);
  return Math.abs(second - near) < Math.abs(first - near) ? second : first;
}

/** Whether it has the shape of a local time and there is such a date. */
export function isLocalTime(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  const at = Date.parse(`${text}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function instantsOf(local: LocalTime, zone: string): [number, number?] {
  if (!isLocalTime(local)) throw new RangeError(`${local} is no date and time such as 2026-11-01T00:00:00`);
  const asUtc = Date.parse(`${local}Z`);
  const day = Math.floor(asUtc / DAY);
  // No zone is a whole day from UTC, and none changes twice in three days.
  const before = asUtc - offsetAtStart(day - 1, zone);
  const after = asUtc - offsetAtStart(day + 2, zone);
  if (before === after) return [before];
  const found = [before, after].filter((at) => localOf(at, zone) === local);
  const [first = before, second] = found;
  return second === undefined ? [first] : [first, second];
}

/** Milliseconds that the wall clock is ahead of UTC when `day` begins in UTC; days since 1970. Kept: asking Intl is slow. */
function offsetAtStart(day: number, zone: string): number {
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const offset = known.get(day) ?? Date.parse(`${localOf(day * DAY, zone)}Z`) - day * DAY;
  known.set(day, offset);
  return offset;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const two = '2-digit';
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
  });
  formats.set(zone, format);
  return format;
}
