import { describe, expect, it } from 'vitest';
import {
  addressMask,
  formatSecondaryAddress,
  identification,
  isSelected,
  parseSecondaryAddress,
} from './secondary-address.ts';
import { manufacturerCode, manufacturerName } from './manufacturer.ts';
import { fromHex } from './testing/vectors.ts';

/** A search that libmbus logged (issue 61): 68 34 34 68 08 00 72 76 57 02 00 2D 48 03 07 …, address 000257762D480307. */
const logged = fromHex('76570200 2d48 03 07');

describe('secondary addresses', () => {
  it('are written as libmbus writes them', () => {
    expect(formatSecondaryAddress(logged)).toBe('000257762D480307');
    expect(parseSecondaryAddress('000257762d480307')).toEqual(logged);
    expect(identification(logged)).toBe('00025776');
  });

  it.each(['', '00025776', '0002577G2D480307', '000257762D48030', '000257762D4803070', '0x02577 2D480307'])(
    'are not %s',
    (text) => {
      expect(parseSecondaryAddress(text)).toBeNull();
    },
  );

  it('select all slaves whose identification number begins with some digits', () => {
    expect(addressMask('000257')).toEqual(fromHex('ff570200 ffff ff ff'));
    expect(addressMask('')).toEqual(fromHex('ffffffff ffff ff ff'));
    expect(() => addressMask('000257761')).toThrow(RangeError);
  });

  it.each([
    ['FFFFFFFFFFFFFFFF', true],
    ['000257762D480307', true],
    ['0002577FFFFFFFFF', true],
    ['F0F2F7F6FFFFFFFF', true],
    ['000257752D480307', false],
    ['FFFFFFFF2D48FFFF', true],
    ['FFFFFFFF2C48FFFF', false],
    ['FFFFFFFFFFFF03FF', true],
    ['FFFFFFFFFFFF04FF', false],
    ['FFFFFFFFFFFFFF07', true],
    ['FFFFFFFFFFFFFF06', false],
    ['FFFFFFFFFF48FFFF', false],
  ])('of the mask %s: %s', (mask, fits) => {
    expect(isSelected(parseSecondaryAddress(mask) ?? new Uint8Array(8), logged)).toBe(fits);
  });
});

describe('manufacturer codes', () => {
  it.each([
    ['KAM', 0x2c2d],
    ['ACW', 0x0477],
    ['LUG', 0x32a7],
    ['@@@', 0],
  ])('%s is %i', (name, code) => {
    expect(manufacturerName(code)).toBe(name);
    expect(manufacturerCode(name)).toBe(name === '@@@' ? null : code);
  });

  it.each(['', 'KA', 'KAMS', 'kam', 'K1M'])('are not %s', (name) => {
    expect(manufacturerCode(name)).toBeNull();
  });
});
