/**
 * Exact decimal arithmetic. Scales such as 0.1 and 0.001 have no exact binary form: 2302 × 0.1 is
 * 230.20000000000002 in binary. A meter's total must be the number on its display.
 */

/** The number `digits × 10^exponent`. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const NOTATION = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,4}))?$/i;

/** Reads `230.2`, `-7`, `1e-7`; null for anything else. */
export function parseDecimal(text: string): Decimal | null {
  const match = NOTATION.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  return { digits: BigInt(sign + whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** The shortest decimal that stands for `value` among all doubles: 0.1 is one tenth. Throws where it is not finite. */
export function decimalOf(value: number): Decimal {
  const decimal = parseDecimal(String(value));
  if (decimal === null) throw new RangeError(`${value} has no decimal form`);
  return decimal;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: digitsAt(a, exponent) + digitsAt(b, exponent), exponent };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { digits: -b.digits, exponent: b.exponent });
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

/** Negative, 0 or positive as `a` is less than, equal to or more than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const { digits } = subtract(a, b);
  return Number(digits > 0n) - Number(digits < 0n);
}

/** The whole number nearest to `a / b`; halves away from zero. `b` must not be 0. */
export function nearestQuotient(a: Decimal, b: Decimal): bigint {
  const exponent = Math.min(a.exponent, b.exponent);
  const dividend = digitsAt(a, exponent);
  const divisor = digitsAt(b, exponent);
  const magnitude = (2n * absolute(dividend) + absolute(divisor)) / (2n * absolute(divisor));
  return dividend < 0n === divisor < 0n ? magnitude : -magnitude;
}

/** The double nearest to it. */
export function toNumber(decimal: Decimal): number {
  return Number(`${decimal.digits}e${decimal.exponent}`);
}

/** Every digit, without an exponent: `9007199254740.993`. */
export function toText({ digits, exponent }: Decimal): string {
  if (exponent >= 0) return String(digits * 10n ** BigInt(exponent));
  const sign = digits < 0n ? '-' : '';
  const padded = String(absolute(digits)).padStart(1 - exponent, '0');
  const whole = padded.slice(0, exponent);
  const fraction = padded.slice(exponent).replace(/0+$/, '');
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}

/** Every digit, and zeros until `decimals` of them follow the point, as a dial shows them: `12.30`. Never rounds. */
export function toPaddedText(decimal: Decimal, decimals: number): string {
  const [whole = '', fraction = ''] = toText(decimal).split('.');
  return decimals === 0 && fraction === '' ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`;
}

function digitsAt({ digits, exponent }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(exponent - wanted);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
