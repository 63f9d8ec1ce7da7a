/**
 * Fixed data: one slave, two counters. EN 1434-3:1997; The M-Bus: A Documentation Rev. 4.8, chapter 6. New meters do not send
 * it any more.
 */
import { digitsLowFirst, registerText } from '../bytes/bcd-low-first.ts';
import { hex } from '../bytes/hex.ts';
import { fixedUnit, HISTORIC, libmbusFixedUnit } from './fixed-units.ts';
import type { LibmbusRecord } from './libmbus-record.ts';
import { fixedMediumName } from './medium.ts';
import { identification } from './secondary-address.ts';
import { fixedStatus } from './status.ts';

export const FIXED_LENGTH = 16;

export interface FixedCounter {
  /** `stored`: at a fixed date. `historic`: an earlier value of the other counter. */
  readonly storage: 'actual' | 'stored' | 'historic';
  /** Null where the unit is reserved. */
  readonly quantity: string | null;
  readonly value: string | null;
  readonly unit: string | null;
  /** It counts in 10^exponent of the unit. */
  readonly exponent: number;
  readonly reason?: string;
  readonly data: string;
}

export interface FixedData {
  /** The identification number as it is printed on the meter. */
  readonly id: string;
  readonly medium: string;
  readonly accessNumber: number;
  readonly status: number;
  readonly statusNames: readonly string[];
  readonly counters: readonly FixedCounter[];
  readonly libmbus: readonly LibmbusRecord[];
}

/** Null where `data` are not sixteen bytes. */
export function readFixedData(data: Uint8Array): FixedData | null {
  if (data.length !== FIXED_LENGTH) return null;
  const [accessNumber = 0, status = 0, firstUnit = 0, secondUnit = 0] = data.subarray(4, 8);
  const units = [firstUnit & 0x3f, secondUnit & 0x3f] as const;
  const counters = [data.subarray(8, 12), data.subarray(12, 16)] as const;
  return {
    id: identification(data),
    medium: fixedMediumName(firstUnit, secondUnit),
    accessNumber,
    status,
    statusNames: fixedStatus(status).names,
    counters: counters.map((counter, i) => readCounter(counter, units[i] ?? 0, units[1 - i] ?? 0, status)),
    libmbus: counters.map((counter, i) => libmbusCounter(counter, units[i] ?? 0, status, i)),
  };
}

function readCounter(bytes: Uint8Array, own: number, other: number, status: number): FixedCounter {
  const { binary, stored } = fixedStatus(status);
  const historic = own === HISTORIC;
  const storage = historic ? 'historic' : stored ? 'stored' : 'actual';
  const place = { storage, data: hex(bytes) } as const;
  const counted = fixedUnit(historic ? other : own);
  if (counted === null) {
    return { ...place, quantity: null, value: null, unit: null, exponent: 0, reason: 'its unit is reserved' };
  }
  const { quantity, unit, exponent } = counted;
  if (quantity === 'Time' || quantity === 'Date') {
    return { ...place, quantity, value: null, unit, exponent, reason: 'times and dates of fixed data are not decoded' };
  }
  const number = binary ? BigInt(Buffer.from(bytes).readInt32LE()) : bcdOf(bytes);
  if (number === null) return { ...place, quantity, value: null, unit: null, exponent, reason: 'not decimal digits' };
  const sign = number < 0n ? '-' : '';
  return { ...place, quantity, value: sign + registerText(String(number).replace('-', ''), -exponent), unit, exponent };
}

function bcdOf(bytes: Uint8Array): bigint | null {
  const digits = digitsLowFirst(bytes);
  return digits === null ? null : BigInt(digits);
}

/** libmbus takes the two highest bits of the status for the coding and the storage, where the standard has the lowest. */
function libmbusCounter(bytes: Uint8Array, unit: number, status: number, id: number): LibmbusRecord {
  const binary = (status & 0x80) !== 0;
  const buffer = Buffer.from(bytes);
  return {
    id: String(id),
    Function: (status & 0x40) === 0 ? 'Actual value' : 'Stored value',
    Unit: libmbusFixedUnit(unit),
    Value: binary ? String(buffer.readInt32LE()) : buffer.readUInt32LE().toString(16).toUpperCase(),
  };
}
