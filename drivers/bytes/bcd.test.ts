import { describe, expect, it } from 'vitest';
import { fromBcd, toBcd } from './bcd.ts';

describe('fromBcd', () => {
  it.each([
    [0x0000, 4, 0],
    [0x1234, 4, 1234],
    [0x9999, 4, 9999],
    [0x99999999, 8, 99999999],
    [0x80000001, 8, 80000001],
  ])('reads 0x%s of %i digits as %i', (packed, digits, value) => {
    expect(fromBcd(packed, digits)).toBe(value);
  });

  it.each([[0x12a4], [0xffff], [0x000f], [0xa000]])('refuses %i, which has a nibble above 9', (packed) => {
    expect(fromBcd(packed, 4)).toBeNull();
  });
});

describe('toBcd', () => {
  it.each([
    [0, 4, 0x0000],
    [1234, 4, 0x1234],
    [99999999, 8, 0x99999999],
  ])('writes %i with %i digits', (value, digits, packed) => {
    expect(toBcd(value, digits)).toBe(packed);
  });

  it.each([[10000], [-1], [1.5], [NaN]])('refuses %f in four digits', (value) => {
    expect(toBcd(value, 4)).toBeNull();
  });
});
