/** What a point's registers hold, before scale, offset and names. */
import { fromBcd } from '../bytes/bcd.ts';
import { float32Of, meantFloat32 } from '../bytes/float32.ts';
import { hex } from '../bytes/hex.ts';
import type { ModbusPoint } from './profile.ts';
import { arrange } from './word-order.ts';

export type RawValue =
  | { readonly kind: 'bool'; readonly bool: boolean }
  | { readonly kind: 'integer'; readonly integer: bigint }
  /** `float`: as it was sent. `meant`: the decimal that its sender means by it. Finite. */
  | { readonly kind: 'float'; readonly float: number; readonly meant: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Anything but what a person reads on one line. */
const UNPRINTABLE = /\p{Cc}/u;

/** `registers`: as many as the point has, as they stand on the wire. */
export function rawValue(point: ModbusPoint, registers: readonly number[]): RawValue {
  const words = arrange(point, registers);
  const [first = 0] = words;
  if (point.bit !== undefined) {
    const field = (first >>> point.bit) & (2 ** point.width - 1);
    return point.type === 'bool' ? { kind: 'bool', bool: field !== 0 } : integer(BigInt(field));
  }
  const pattern = words.reduce((sum, word) => sum * 0x1_0000n + BigInt(word), 0n);
  switch (point.type) {
    case 'bool':
      return { kind: 'bool', bool: first !== 0 };
    case 'u16':
    case 'u32':
    case 'u64':
      return integer(pattern);
    case 'i16':
    case 'i32':
    case 'i64':
      return integer(BigInt.asIntN(16 * words.length, pattern));
    case 'f32':
      return float(float32Of(Number(pattern)), pattern, 8);
    case 'f64':
      return float(float64Of(pattern), pattern, 16);
    case 'bcd16':
    case 'bcd32':
      return bcd(Number(pattern), words.length * 4);
    case 'string':
      return text(words);
  }
}

function integer(value: bigint): RawValue {
  return { kind: 'integer', integer: value };
}

function float(value: number, pattern: bigint, digits: number): RawValue {
  if (!Number.isFinite(value)) return { kind: 'none', reason: `${hexDigits(pattern, digits)} is not a finite number` };
  return { kind: 'float', float: value, meant: digits === 8 ? meantFloat32(value) : value };
}

function float64Of(pattern: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, pattern);
  return view.getFloat64(0);
}

function bcd(packed: number, digits: number): RawValue {
  const value = fromBcd(packed, digits);
  if (value === null)
    return { kind: 'none', reason: `${hexDigits(BigInt(packed), digits)} is not a decimal number (BCD)` };
  return integer(BigInt(value));
}

/** Ends at the first NUL, as in C: what follows is often left over from a longer text. */
function text(words: readonly number[]): RawValue {
  const bytes = Uint8Array.from(words.flatMap((word) => [word >>> 8, word & 0xff]));
  const end = bytes.indexOf(0);
  const decoded = utf8(end < 0 ? bytes : bytes.subarray(0, end))?.trim();
  if (decoded === undefined || UNPRINTABLE.test(decoded)) {
    return { kind: 'none', reason: `${hex(bytes)} is not a printable text` };
  }
  return { kind: 'text', text: decoded };
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function hexDigits(pattern: bigint, digits: number): string {
  return pattern.toString(16).toUpperCase().padStart(digits, '0');
}
