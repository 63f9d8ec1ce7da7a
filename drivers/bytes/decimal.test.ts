import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  decimalOf,
  multiply,
  nearestQuotient,
  parseDecimal,
  subtract,
  toNumber,
  toPaddedText,
  toText,
  type Decimal,
} from './decimal.ts';

const decimal = (digits: number, exponent: number): Decimal => ({ digits: BigInt(digits), exponent });

describe('parseDecimal', () => {
  it.each([
    ['0', 0, 0],
    ['-7', -7, 0],
    ['230.2', 2302, -1],
    ['-0.05', -5, -2],
    ['1e-7', 1, -7],
    ['1.5E+300', 15, 299],
  ])('reads %s', (text, digits, exponent) => {
    expect(parseDecimal(text)).toEqual(decimal(digits, exponent));
  });

  it.each(['', ' 1', '.5', '5.', '1,5', '0x10', 'NaN', 'Infinity', '--1', '1e99999'])('refuses "%s"', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });
});

describe('decimalOf', () => {
  it('takes 0.1 for one tenth, not for the nearest binary fraction', () => {
    expect(decimalOf(0.1)).toEqual(decimal(1, -1));
  });

  it('throws where there is no number', () => {
    expect(() => decimalOf(Number.NaN)).toThrow(RangeError);
  });
});

describe('arithmetic', () => {
  it('multiplies without binary noise', () => {
    expect(toNumber(multiply(decimal(2302, 0), decimalOf(0.1)))).toBe(230.2);
  });

  it('adds and subtracts without binary noise', () => {
    expect(toNumber(add(decimalOf(0.1), decimalOf(0.2)))).toBe(0.3);
    expect(toNumber(subtract(decimalOf(0.3), decimalOf(0.1)))).toBe(0.2);
  });

  it.each([
    [decimal(2302, -1), decimal(1, -1), 2302n],
    [decimal(7, 0), decimal(2, 0), 4n],
    [decimal(-7, 0), decimal(2, 0), -4n],
    [decimal(-7, 0), decimal(-2, 0), 4n],
    [decimal(1, 0), decimal(3, 0), 0n],
    [decimal(5, 0), decimal(1, 1), 1n],
  ])('finds the nearest whole quotient, case %#', (a, b, quotient) => {
    expect(nearestQuotient(a, b)).toBe(quotient);
  });
});

describe('toNumber', () => {
  it('is the nearest double', () => {
    expect(toNumber(decimal(2302, -1))).toBe(230.2);
    expect(toNumber(decimal(5, 3))).toBe(5000);
  });
});

describe('toText', () => {
  it.each([
    [{ digits: 18446744073709551615n, exponent: 0 }, '18446744073709551615'],
    [{ digits: 9007199254740993n, exponent: -3 }, '9007199254740.993'],
    [{ digits: 9007199254740993n, exponent: 2 }, '900719925474099300'],
    [{ digits: -5n, exponent: -3 }, '-0.005'],
    [{ digits: 1500n, exponent: -2 }, '15'],
    [{ digits: 0n, exponent: -2 }, '0'],
  ])('writes every digit of %o', (value, text) => {
    expect(toText(value)).toBe(text);
  });
});

describe('compare', () => {
  it.each([
    [decimal(1, 0), decimal(10, -1), 0],
    [decimal(1, 0), decimal(11, -1), -1],
    [decimal(-1, 0), decimal(-11, -1), 1],
  ])('sets %o beside %o', (a, b, order) => {
    expect(compare(a, b)).toBe(order);
  });
});

describe('toPaddedText', () => {
  it.each([
    [decimal(123, -1), 2, '12.30'],
    [decimal(12, 0), 0, '12'],
    [decimal(-5, -1), 3, '-0.500'],
    [decimal(0, 0), 2, '0.00'],
    [decimal(12345, -3), 2, '12.345'],
  ])('writes %o with %i decimals and drops no digit', (value, decimals, text) => {
    expect(toPaddedText(value, decimals)).toBe(text);
  });
});
