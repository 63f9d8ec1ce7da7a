/** Dates and times of meters: two BCD digits each, the smallest unit first on the wire. They are the meter's local time. */
import { digitsLowFirst } from '../bytes/bcd-low-first.ts';
import { notBcd, unknown, type DecodedValue } from './decoded-value.ts';
import type { ClockPattern } from './format.ts';

type Field = 'YY' | 'MM' | 'DD' | 'WW' | 'hh' | 'mm' | 'ss';

const RANGE: Readonly<Record<Field, readonly [number, number]>> = {
  YY: [0, 99],
  MM: [1, 12],
  DD: [1, 31],
  WW: [0, 6],
  hh: [0, 23],
  mm: [0, 59],
  ss: [0, 59],
};

/** Of the year whose last two digits a meter gives. */
const CENTURY = 2000;

/** `2016-01-11`, `18:53:32`, `2024-02-29 00:00`, `01-11 18:53`, `01 00`; null where the digits are no date or time. */
export function decodeClock(pattern: ClockPattern, bytes: Uint8Array): DecodedValue {
  const digits = digitsLowFirst(bytes);
  if (digits === null) return notBcd(bytes);
  if (/^9+$/.test(digits) || (pattern.includes('DD') && /^0+$/.test(digits))) {
    return unknown(`not set (${digits})`);
  }
  const fields = fieldsOf(pattern, digits);
  if (!isPossible(fields)) return unknown(`no such ${pattern}: ${digits}`);
  const weekday = fields.get('WW');
  return { value: textOf(fields), ...(weekday === undefined ? {} : { weekday }) };
}

function fieldsOf(pattern: ClockPattern, digits: string): Map<Field, number> {
  const names = pattern.match(/../g) as Field[];
  return new Map(names.map((name, index) => [name, Number(digits.slice(2 * index, 2 * index + 2))]));
}

function isPossible(fields: ReadonlyMap<Field, number>): boolean {
  for (const [name, value] of fields) {
    const [min, max] = RANGE[name];
    if (value < min || value > max) return false;
  }
  const [year, month, day] = [fields.get('YY'), fields.get('MM'), fields.get('DD')];
  if (month === undefined || day === undefined) return true;
  // Without a year, the 29th of February is possible.
  return day <= new Date(Date.UTC(CENTURY + (year ?? 0), month, 0)).getUTCDate();
}

function textOf(fields: ReadonlyMap<Field, number>): string {
  const two = (name: Field): string[] => {
    const value = fields.get(name);
    return value === undefined ? [] : [String(value).padStart(2, '0')];
  };
  const year = fields.get('YY');
  const date = [...(year === undefined ? [] : [String(CENTURY + year)]), ...two('MM'), ...two('DD')].join('-');
  const time = [...two('hh'), ...two('mm'), ...two('ss')].join(':');
  return [date, time].filter((part) => part !== '').join(' ');
}
