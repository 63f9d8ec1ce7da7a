import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesLowFirst, digitsLowFirst, registerText } from './bcd-low-first.ts';

describe('digitsLowFirst', () => {
  it('puts the last byte first', () => {
    expect(digitsLowFirst(Uint8Array.of(0x76, 0x21, 0x02, 0x00))).toBe('00022176');
  });

  it.each([[0x0a], [0xa0], [0xff]])('refuses a nibble above 9, as in %i', (byte) => {
    expect(digitsLowFirst(Uint8Array.of(0x12, byte))).toBeNull();
  });
});

describe('bytesLowFirst', () => {
  it('puts the last two digits first', () => {
    expect(bytesLowFirst('00022176')).toEqual(Uint8Array.of(0x76, 0x21, 0x02, 0x00));
  });

  it.each(['1', '123', '1a', '-1', '1.2'])('refuses %j', (digits) => {
    expect(bytesLowFirst(digits)).toBeNull();
  });

  it('is undone by digitsLowFirst', () => {
    const pairs = fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 8 });
    fc.assert(
      fc.property(pairs, (numbers) => {
        const digits = numbers.map((one) => String(one).padStart(2, '0')).join('');
        const bytes = bytesLowFirst(digits);
        return bytes !== null && digitsLowFirst(bytes) === digits;
      }),
    );
  });
});

describe('registerText', () => {
  it.each([
    ['00022176', 2, '221.76'],
    ['20210600', 2, '202106.00'],
    ['00000000', 2, '0.00'],
    ['00000007', 4, '0.0007'],
    ['5', 2, '0.05'],
    ['000017', 0, '17'],
    ['000000', 0, '0'],
    ['00022176', -1, '221760'],
    ['00000000', -2, '0'],
  ])('shows %s with %i decimals as %s', (digits, decimals, text) => {
    expect(registerText(digits, decimals)).toBe(text);
  });
});
