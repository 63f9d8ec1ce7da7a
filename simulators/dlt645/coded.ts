/** How a meter of DL/T 645 writes down what it has: decimal digits, the last two first. DL/T 645-2007, annex A. */
import { wallOf, type LocalMs } from '../metering/local-time.ts';

export type Data = readonly number[];

/** `value` (whole; what does not fit in front is cut off) in `bytes` bytes; below zero the top bit is set. */
export function bcd(value: number, bytes: number): number[] {
  const digits = String(Math.abs(Math.trunc(value)))
    .padStart(2 * bytes, '0')
    .slice(-2 * bytes);
  const coded = [...Buffer.from(digits, 'hex')].reverse();
  if (value < 0) coded[bytes - 1] = (coded[bytes - 1] ?? 0) | 0x80;
  return coded;
}

/** The number in `bytes`; NaN where a nibble is no digit. */
export function fromBcd(bytes: Data): number {
  return Number(Buffer.from(bytes).reverse().toString('hex'));
}

/** 16 bits, the low byte first. */
export function word(bits: number): number[] {
  return [bits & 0xff, bits >> 8];
}

/** ASCII, the last character first; where it is shorter than `length`, zeros stand behind it. */
export function text(characters: string, length = characters.length): number[] {
  return [...Buffer.from(characters.padEnd(length, '\0'), 'latin1')].reverse();
}

/** Parts of a time as they stand on the wire, in the order of the letters: `mhDMY`, `smhDMY`, `WDMY`, `hD`. */
export function clockData(shown: LocalMs, letters: string): number[] {
  const { year, month, day, hour, minute, second, weekday } = wallOf(shown);
  const parts: Readonly<Record<string, number>> = {
    s: second,
    m: minute,
    h: hour,
    D: day,
    M: month,
    Y: year % 100,
    W: weekday,
  };
  return Array.from(letters).flatMap((letter) => bcd(parts[letter] ?? 0, 1));
}

/** Nothing has happened yet. */
export function noTime(letters: string): number[] {
  return new Array<number>(letters.length).fill(0);
}

/** The time that `bytes` say, as `smhDMY`; null where it is none. */
export function clockOf(bytes: Data): LocalMs | null {
  const [second = NaN, minute = NaN, hour = NaN, day = NaN, month = NaN, year = NaN] = bytes.map((b) => fromBcd([b]));
  const shown = Date.UTC(2000 + year, month - 1, day, hour, minute, second);
  if (Number.isNaN(shown)) return null;
  return clockData(shown, 'smhDMY').every((byte, i) => byte === bytes[i]) ? shown : null;
}
