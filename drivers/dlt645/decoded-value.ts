/** What the bytes of one value say. */
import type { Status } from './status-words.ts';

export interface DecodedValue {
  /** A decimal with the register's decimals, a date, a name …; null where the bytes spell none. */
  readonly value: string | null;
  /** Why `value` is null. */
  readonly reason?: string;
  /** The bytes, the highest first, where they are not BCD. */
  readonly nonBcd?: string;
  /** Of a demand: when it was reached, in the meter's local time. */
  readonly time?: string | null;
  /** Of a date: 0 is Sunday. */
  readonly weekday?: number;
  readonly status?: Status;
}

export function unknown(reason: string): DecodedValue {
  return { value: null, reason };
}

/** `bytes` as they come over the wire. */
export function notBcd(bytes: Uint8Array): DecodedValue {
  return { ...unknown('not BCD'), nonBcd: Buffer.from(bytes).reverse().toString('hex') };
}
