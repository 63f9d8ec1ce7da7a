/** The data of a record as libmbus reads them: a double, or a text. */
import { float32Of } from '../bytes/float32.ts';
import { dateParts, fullYear, type DateParts } from './date-time.ts';
import { codingOf } from './field-value.ts';
import { printedBytes } from './printed-bytes.ts';
import { kindOfLvar } from './lvar.ts';
import type { RawRecord } from './raw-record.ts';
import { latin1FromEnd } from './text.ts';

const SECOND_EXTENSION = 0xfd;
const DATE = 0x6c;
const DATE_AND_TIME = 0x6d;
/** Start of tariff and battery change, behind VIF FD. */
const FD_DATES: ReadonlySet<number> = new Set([0x30, 0x70]);

/** Null where libmbus does not read the coding. */
export function libmbusField(raw: RawRecord): number | string | null {
  const { dif, lvar, data } = raw;
  const coding = codingOf(dif);
  switch (coding) {
    case 'none':
      return '';
    case 'selection':
      return null;
    case 'reserved':
      return printedBytes(data);
    case 'binary':
      return isDate(raw) ? printedDate(data) : signedOf(data);
    case 'real':
      return realOf(Buffer.from(data).readUInt32LE());
    case 'bcd':
      return looseBcd(data);
    case 'variable':
      return variable(lvar ?? 0, data);
  }
}

function isDate({ dif, vif, vifes }: RawRecord): boolean {
  const code = vif & 0x7f;
  if ((dif & 0x0f) === 2) return code === DATE;
  const longEnough = (dif & 0x0f) === 4 || (dif & 0x0f) === 6;
  const [first = 0] = vifes;
  return longEnough && (code === DATE_AND_TIME || (vif === SECOND_EXTENSION && FD_DATES.has(first & 0x7f)));
}

/** The parts as they stand, sense or not: 2000-00-00 is none. Z although no zone is known. */
function printedDate(data: Uint8Array): string {
  const parts = dateParts(data);
  if (parts === null) return '';
  if (data.length === 2) return printedDay(parts);
  // A time that is marked as invalid leaves libmbus's fields as they are set up.
  if (parts.invalid) return '1900-01-00T00:00:00Z';
  return `${printedDay(parts)}T${[parts.hour, parts.minute, parts.second].map(two).join(':')}Z`;
}

function printedDay(parts: DateParts): string {
  const year = parts.century === null ? 2000 + (parts.year ?? 0) : fullYear(parts);
  return `${year}-${two(parts.month)}-${two(parts.day)}`;
}

function two(part: number | null): string {
  return String(part ?? 0).padStart(2, '0');
}

/** printf shows the sign of what is not a number. */
function realOf(pattern: number): number | string {
  const float = float32Of(pattern);
  if (!Number.isNaN(float)) return float;
  return pattern >= 0x8000_0000 ? '-nan' : 'nan';
}

function signedOf(data: Uint8Array): number {
  const unsigned = BigInt(`0x${Buffer.from(data.toReversed()).toString('hex')}`);
  return Number(BigInt.asIntN(8 * data.length, unsigned));
}

/** High nibbles above 9 count nothing, low ones what they are; F in the highest makes it negative, but 0 stays 0. */
function looseBcd(data: Uint8Array): number {
  let value = 0;
  for (const byte of data.toReversed()) {
    const high = byte >> 4;
    value = (value * 10 + (high > 9 ? 0 : high)) * 10 + (byte & 0x0f);
  }
  return (data.at(-1) ?? 0) >> 4 === 0x0f ? 0 - value : value;
}

/** Version 0.10.0 prints long binary numbers byte by byte, the highest first. */
function variable(lvar: number, data: Uint8Array): number | string {
  switch (kindOfLvar(lvar)) {
    case 'positiveBcd':
      return looseBcd(data);
    case 'negativeBcd':
      return 0 - looseBcd(data);
    case 'binary':
      return printedBytes(data.toReversed());
    case 'text':
    case null:
      return latin1FromEnd(data);
  }
}
