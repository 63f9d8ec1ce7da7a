/** Raw numbers to engineering values and back, by a profile's scale and offset, without binary noise. */
import {
  add,
  decimalOf,
  multiply,
  nearestQuotient,
  subtract,
  toNumber,
  toText,
  type Decimal,
} from '../bytes/decimal.ts';
import type { ModbusPoint } from './profile.ts';

type Scaling = Pick<ModbusPoint, 'scale' | 'offset'>;

/** A scale with more digits stands for a fraction such as 1/3, which no decimal is. */
const DECIMAL_DIGITS = 15;
/** More than a double holds. */
const DOUBLE_DIGITS = 20;

/** The value of a whole raw number. Every digit, as text, where the number or its value is beyond 2^53. */
export function integerValue(raw: bigint, scaling: Scaling): number | string {
  const exact = scaled({ digits: raw, exponent: 0 }, scaling);
  const value = toNumber(exact);
  const fits = Number.isSafeInteger(Number(raw)) && (Number.isSafeInteger(value) || !Number.isInteger(value));
  return fits ? value : toText(exact);
}

/** The value of a floating-point raw number, which is finite. */
export function floatValue(raw: number, scaling: Scaling): number {
  return toNumber(scaled(decimalOf(raw), scaling));
}

/** The whole raw number whose value is nearest to `value`. */
export function nearestRaw(value: Decimal, { scale = 1, offset }: Scaling): bigint {
  return nearestQuotient(subtract(value, decimalOf(offset)), decimalOf(scale));
}

/** The raw number whose value is `value`, as a double. */
export function floatRaw(value: Decimal, { scale = 1, offset }: Scaling): number {
  const dividend = subtract(value, decimalOf(offset));
  const divisor = decimalOf(scale);
  const places = magnitude(divisor) - magnitude(dividend) + DOUBLE_DIGITS;
  const shifted = { digits: dividend.digits, exponent: dividend.exponent + places };
  return toNumber({ digits: nearestQuotient(shifted, divisor), exponent: -places });
}

/** raw × scale + offset: exact, unless the scale is no short decimal. */
function scaled(raw: Decimal, { scale = 1, offset }: Scaling): Decimal {
  const factor = decimalOf(scale);
  if (digitCount(factor) <= DECIMAL_DIGITS) return add(multiply(raw, factor), decimalOf(offset));
  const parts = Math.round(1 / scale);
  const value = 1 / parts === scale ? toNumber(raw) / parts : toNumber(raw) * scale;
  return decimalOf(offset === 0 ? value : Number((value + offset).toPrecision(DECIMAL_DIGITS)));
}

function digitCount({ digits }: Decimal): number {
  return String(digits < 0n ? -digits : digits).length;
}

/** How many digits stand before the point. */
function magnitude(decimal: Decimal): number {
  return digitCount(decimal) + decimal.exponent;
}
