/**
 * Dates and times in records: data types F (CP32), G (CP16), I (CP48) and J (CP24). EN 13757-3:2018, Annex A. They are the
 * meter's local time; no record says its zone.
 */

/** The parts of a date or time as they are coded; what the type does not have is null. */
export interface DateParts {
  /** Two digits; 127 is every year. */
  readonly year: number | null;
  /** Type F: 0 is 1900, 1 is 2000 … */
  readonly century: number | null;
  /** 15 is every month. */
  readonly month: number | null;
  /** 0 is every day. */
  readonly day: number | null;
  /** 31 is every hour. */
  readonly hour: number | null;
  /** 63 is every minute. */
  readonly minute: number | null;
  readonly second: number | null;
  /** The meter says that the time is not valid. */
  readonly invalid: boolean;
}

export type DateReading =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** By the number of bytes; null where no type has so many. */
export function dateParts(data: Uint8Array): DateParts | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = data;
  const none = { year: null, century: null, month: null, day: null, hour: null, minute: null, second: null };
  const allSet = data.every((byte) => byte === 0xff);
  switch (data.length) {
    case 2:
      return { ...none, ...yearMonthDay(a, b), invalid: allSet };
    case 3:
      return { ...none, hour: c & 0x1f, minute: b & 0x3f, second: a & 0x3f, invalid: allSet };
    case 4: {
      const time = { hour: b & 0x1f, minute: a & 0x3f, invalid: (a & 0x80) !== 0 };
      return { ...none, ...yearMonthDay(c, d), century: (b >> 5) & 0x03, ...time };
    }
    case 6: {
      const time = { hour: c & 0x1f, minute: b & 0x3f, second: a & 0x3f, invalid: (b & 0x80) !== 0 };
      return { ...none, ...yearMonthDay(d, e), ...time };
    }
    default:
      return null;
  }
}

/** `2007-12-31`, `2007-12-31T10:41`, `2007-12-31T10:41:05`, `10:41:05`; or why it is no such thing. */
export function readDate(data: Uint8Array): DateReading {
  const parts = dateParts(data);
  if (parts === null)
    return { ok: false, reason: `${data.length === 1 ? '1 byte is' : `${data.length} bytes are`} no date or time` };
  if (parts.invalid) return { ok: false, reason: 'the meter says that its date or time is not valid' };
  const { year, month, day, hour, minute, second } = parts;
  const fields: readonly (readonly [name: string, value: number | null, from: number, to: number])[] = [
    ['year', year, 0, 99],
    ['month', month, 1, 12],
    ['day', day, 1, 31],
    ['hour', hour, 0, 23],
    ['minute', minute, 0, 59],
    ['second', second, 0, 59],
  ];
  const wrong = fields.filter(([, value, from, to]) => value !== null && (value < from || value > to));
  if (wrong.length > 0) {
    return { ok: false, reason: `no one date or time: ${wrong.map(([name, value]) => `${name} ${value}`).join(', ')}` };
  }
  const time = [hour, minute, second].filter((part) => part !== null);
  const date = year === null ? '' : [fullYear(parts), two(month), two(day)].join('-');
  if (date !== '' && !isDay(date)) return { ok: false, reason: `${date} is no day of the calendar` };
  return { ok: true, text: [date, time.map(two).join(':')].filter((text) => text !== '').join('T') };
}

/**
 * Types G and I have two digits, and so has type F of old meters, whose century is 0: 00 to 80 are then 2000 to 2080, the
 * rest 1981 to 1999. EN 13757-3, Annex A, types F and G.
 */
export function fullYear({ year, century }: Pick<DateParts, 'year' | 'century'>): number {
  const digits = year ?? 0;
  const hundreds = century ?? 0;
  return hundreds === 0 && digits <= 80 ? 2000 + digits : 1900 + 100 * hundreds + digits;
}

function yearMonthDay(low: number, high: number): Pick<DateParts, 'year' | 'month' | 'day'> {
  return { year: (low >> 5) | ((high & 0xf0) >> 1), month: high & 0x0f, day: low & 0x1f };
}

function isDay(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}

function two(part: number | null): string {
  return String(part ?? 0).padStart(2, '0');
}
