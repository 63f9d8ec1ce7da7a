/** The bits that a point must hold to have a value. */
import { toBcd } from '../bytes/bcd.ts';
import { decimalOf, parseDecimal, toNumber, toText, type Decimal } from '../bytes/decimal.ts';
import { patternOfFloat32, shortestFloat32 } from '../bytes/float32.ts';
import type { Value } from '../contract.ts';
import { extentOf, isFloat } from './profile-rules/extent.ts';
import type { ModbusPoint } from './profile.ts';
import { floatRaw, floatValue, integerValue, nearestRaw } from './scaling.ts';

export type RawPattern =
  { readonly ok: true; readonly pattern: bigint } | { readonly ok: false; readonly reason: string };

/** The bits of `value` as one unsigned number, as wide as the point; or why there are none. */
export function rawPattern(point: ModbusPoint, value: Value): RawPattern {
  if (point.type === 'string') return refusal('texts are not written');
  if (point.type === 'bool') return boolPattern(value);
  if (point.enum !== undefined) return enumPattern(point, point.enum, value);
  const decimal = asDecimal(point, value);
  if (decimal === null) return refusal(`needs a number, not ${JSON.stringify(value)}`);
  const number = toNumber(decimal);
  const { min = -Infinity, max = Infinity } = point;
  if (number < min) return refusal(`${number} is below ${min}`);
  if (number > max) return refusal(`${number} is above ${max}`);
  return isFloat(point.type) ? floatPattern(point, decimal) : integerPattern(point, decimal);
}

function boolPattern(value: Value): RawPattern {
  if (value === true || value === 1) return { ok: true, pattern: 1n };
  if (value === false || value === 0) return { ok: true, pattern: 0n };
  return refusal(`needs true or false, not ${JSON.stringify(value)}`);
}

function enumPattern(point: ModbusPoint, names: Readonly<Record<string, string>>, value: Value): RawPattern {
  const key = Object.keys(names).find((number) => names[number] === value || number === String(value));
  if (key === undefined) return refusal(`${JSON.stringify(value)} is none of ${Object.values(names).join(', ')}`);
  return wholePattern(point, BigInt(key));
}

function integerPattern(point: ModbusPoint, value: Decimal): RawPattern {
  const raw = nearestRaw(value, point);
  const held = integerValue(raw, point);
  if (String(held) === toText(value) || held === toNumber(value)) return wholePattern(point, raw);
  return refusal(`${toText(value)} cannot be held exactly; the nearest is ${held}`);
}

function wholePattern(point: ModbusPoint, raw: bigint): RawPattern {
  const [low, high] = rawLimits(point);
  if (raw < low || raw > high) return refusal(`raw value ${raw} does not fit: ${low} to ${high}`);
  if (point.invalid.includes(Number(raw))) return refusal(`raw value ${raw} means "no value" to the device`);
  if (point.type === 'bcd16' || point.type === 'bcd32') {
    return { ok: true, pattern: BigInt(toBcd(Number(raw), 4 * extentOf(point)) ?? 0) };
  }
  return { ok: true, pattern: BigInt.asUintN(16 * extentOf(point), raw) };
}

/** Two's complement and plain binary by width, decimal digits by nibble; a bit field is unsigned. */
function rawLimits(point: ModbusPoint): readonly [bigint, bigint] {
  const bits = BigInt(point.bit === undefined ? 16 * extentOf(point) : point.width);
  if (point.type === 'bcd16' || point.type === 'bcd32') return [0n, 10n ** (bits / 4n) - 1n];
  if (point.type.startsWith('i')) return [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  return [0n, 2n ** bits - 1n];
}

function floatPattern(point: ModbusPoint, value: Decimal): RawPattern {
  const isSingle = point.type === 'f32';
  const raw = floatRaw(value, point);
  const sent = isSingle ? Math.fround(raw) : raw;
  if (!Number.isFinite(sent)) return refusal(`${toText(value)} is too large`);
  const held = floatValue(isSingle ? shortestFloat32(raw) : raw, point);
  if (held !== toNumber(value)) return refusal(`${toText(value)} cannot be held exactly; the nearest is ${held}`);
  if (point.invalid.some((absent) => (isSingle ? Math.fround(absent) : absent) === sent)) {
    return refusal(`${held} means "no value" to the device`);
  }
  return { ok: true, pattern: isSingle ? BigInt(patternOfFloat32(raw)) : patternOfFloat64(raw) };
}

function patternOfFloat64(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/** Digits as a text are for 64-bit integers, which a JSON number does not hold. */
function asDecimal({ type }: ModbusPoint, value: Value): Decimal | null {
  if (typeof value === 'string') return type === 'u64' || type === 'i64' ? parseDecimal(value) : null;
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return Number.isInteger(value) && !Number.isSafeInteger(value) && !isFloat(type) ? null : decimalOf(value);
}

function refusal(reason: string): RawPattern {
  return { ok: false, reason };
}
