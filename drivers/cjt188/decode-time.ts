/** A meter's clock: ss mm hh DD MM YY CC, decimal digits. CJ/T 188-2004, table 14. Local time of wherever the meter was set. */
import { bytesLowFirst, digitsLowFirst } from '../bytes/bcd-low-first.ts';
import { hex } from '../bytes/hex.ts';

export interface MeterTime {
  /** `2017-01-09 17:20:06`; null where the bytes are no digits or say that there is no clock. */
  readonly text: string | null;
  /** Whether `text` is a time that exists: not every meter has a clock, and some send anything. */
  readonly isReal: boolean;
  /** As on the wire, in hex. */
  readonly raw: string;
  /** Why it is not a real time. */
  readonly reason?: string;
}

const NOTATION = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;
const PARTS = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;
/** Where the century is not sent. */
const CENTURY = '20';

/** `bytes`: 7, or 6 without the century. Never throws. */
export function decodeTime(bytes: Uint8Array): MeterTime {
  const raw = hex(bytes);
  const none = (reason: string): MeterTime => ({ text: null, isReal: false, raw, reason });
  if (bytes.every((byte) => byte === 0xff)) return none('FF in place of a time: the meter does not support it');
  if (bytes.every((byte) => byte === 0)) return none('the meter has no clock, or it was never set');
  const digits = digitsLowFirst(bytes);
  if (digits === null) return none(`${raw} are no decimal digits`);
  const text = (bytes.length === 6 ? CENTURY + digits : digits).replace(PARTS, '$1-$2-$3 $4:$5:$6');
  if (secondsOf(text) === null) return { text, isReal: false, raw, reason: `${text} is no time of any day` };
  return { text, isReal: true, raw };
}

/** The bytes of `2017-01-09 17:20:06`, century last; null where that is no time of any day. */
export function encodeTime(text: string): Uint8Array | null {
  return secondsOf(text) === null ? null : bytesLowFirst(text.replaceAll(/\D/g, ''));
}

/** Seconds of a time as `decodeTime` writes it, for differences; null where it is no time of any day. */
export function secondsOf(text: string): number | null {
  const match = NOTATION.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const seconds = date.getTime() / 1000;
  return textOf(seconds) === text ? seconds : null;
}

/** The time that is so many seconds after that of which `secondsOf` is 0; parts of a second are dropped. */
export function textOf(seconds: number): string {
  return new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
