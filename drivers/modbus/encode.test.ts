import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMask, encodePoint, sameValue } from './encode.ts';
import type { ModbusPoint } from './profile.ts';
import { point } from './testing/points.ts';

type Row = readonly [
  type: ModbusPoint['type'],
  wordOrder: ModbusPoint['wordOrder'],
  byteOrder: ModbusPoint['byteOrder'],
  value: number | string,
  words: number[],
];

// prettier-ignore
const LAYOUTS: readonly Row[] = [
  ['u16', 'high-first', 'big', 4660, [0x1234]],
  ['u16', 'high-first', 'little', 4660, [0x3412]],
  ['u16', 'low-first', 'big', 65535, [0xffff]],
  ['i16', 'high-first', 'big', -2, [0xfffe]],
  ['i16', 'high-first', 'little', -2, [0xfeff]],
  ['i16', 'low-first', 'big', -32768, [0x8000]],
  ['u32', 'high-first', 'big', 65538, [0x0001, 0x0002]],
  ['u32', 'high-first', 'little', 65538, [0x0100, 0x0200]],
  ['u32', 'low-first', 'big', 65538, [0x0002, 0x0001]],
  ['u32', 'low-first', 'little', 65538, [0x0200, 0x0100]],
  ['i32', 'high-first', 'big', -2, [0xffff, 0xfffe]],
  ['i32', 'high-first', 'little', -2, [0xffff, 0xfeff]],
  ['i32', 'low-first', 'big', -2, [0xfffe, 0xffff]],
  ['i32', 'low-first', 'little', -2, [0xfeff, 0xffff]],
  ['u64', 'high-first', 'big', 4295098371, [0x0000, 0x0001, 0x0002, 0x0003]],
  ['u64', 'high-first', 'little', 4295098371, [0x0000, 0x0100, 0x0200, 0x0300]],
  ['u64', 'low-first', 'big', 4295098371, [0x0003, 0x0002, 0x0001, 0x0000]],
  ['u64', 'low-first', 'little', 4295098371, [0x0300, 0x0200, 0x0100, 0x0000]],
  ['u64', 'high-first', 'big', '18446744073709551615', [0xffff, 0xffff, 0xffff, 0xffff]],
  ['i64', 'high-first', 'big', -2, [0xffff, 0xffff, 0xffff, 0xfffe]],
  ['i64', 'high-first', 'little', -2, [0xffff, 0xffff, 0xffff, 0xfeff]],
  ['i64', 'low-first', 'big', -2, [0xfffe, 0xffff, 0xffff, 0xffff]],
  ['i64', 'low-first', 'little', -2, [0xfeff, 0xffff, 0xffff, 0xffff]],
  ['i64', 'high-first', 'big', '-9223372036854775808', [0x8000, 0, 0, 0]],
  ['f32', 'high-first', 'big', 230.2, [0x4366, 0x3333]],
  ['f32', 'high-first', 'little', 230.2, [0x6643, 0x3333]],
  ['f32', 'low-first', 'big', 230.2, [0x3333, 0x4366]],
  ['f32', 'low-first', 'little', 230.2, [0x3333, 0x6643]],
  ['f32', 'high-first', 'big', 60, [0x4270, 0x0000]],
  ['f64', 'high-first', 'big', 230.2, [0x406c, 0xc666, 0x6666, 0x6666]],
  ['f64', 'high-first', 'little', 230.2, [0x6c40, 0x66c6, 0x6666, 0x6666]],
  ['f64', 'low-first', 'big', 230.2, [0x6666, 0x6666, 0xc666, 0x406c]],
  ['f64', 'low-first', 'little', 230.2, [0x6666, 0x6666, 0x66c6, 0x6c40]],
  ['bcd16', 'high-first', 'big', 1234, [0x1234]],
  ['bcd16', 'high-first', 'little', 1234, [0x3412]],
  ['bcd32', 'high-first', 'big', 12345678, [0x1234, 0x5678]],
  ['bcd32', 'high-first', 'little', 12345678, [0x3412, 0x7856]],
  ['bcd32', 'low-first', 'big', 12345678, [0x5678, 0x1234]],
  ['bcd32', 'low-first', 'little', 12345678, [0x7856, 0x3412]],
];

describe('encodePoint', () => {
  it.each(LAYOUTS)('writes %s, %s, %s of %s as %j', (type, wordOrder, byteOrder, value, words) => {
    expect(encodePoint(point({ type, wordOrder, byteOrder }), value)).toEqual({ ok: true, words });
  });

  it.each([
    ['u16', { scale: 0.1 }, 230.2, [2302]],
    ['u16', { scale: 0.1 }, 0.3, [3]],
    ['u16', { scale: 0.1, offset: -40 }, -14.7, [253]],
    ['u16', { scale: 1 / 3 }, 1, [3]],
    ['u16', { scale: 10 }, 50, [5]],
    ['u16', { scale: 1e-7 }, 3e-7, [3]],
    ['i16', { scale: -0.1 }, 0.3, [0xfffd]],
    ['f32', { scale: 0.1 }, 230.2, [0x450f, 0xe000]],
    ['f64', { scale: 0.1 }, 230.2, [0x40a1, 0xfc00, 0, 0]],
    ['u64', { scale: 0.001 }, '9007199254740.993', [0x0020, 0, 0, 1]],
  ] as const)('takes scale and offset out: %s, %o, %s', (type, fields, value, words) => {
    expect(encodePoint(point({ type, ...fields }), value)).toEqual({ ok: true, words });
  });

  it.each([
    [true, [true]],
    [false, [false]],
    [1, [true]],
    [0, [false]],
  ])('writes %s to a coil as %j', (value, bits) => {
    expect(encodePoint(point({ table: 'coil', type: 'bool' }), value)).toEqual({ ok: true, bits });
  });

  it('writes the number of an enum for its name or its number', () => {
    const mode = point({ enum: { 0: 'stop', 1: 'auto' } });
    expect(encodePoint(mode, 'auto')).toEqual({ ok: true, words: [1] });
    expect(encodePoint(mode, 0)).toEqual({ ok: true, words: [0] });
  });

  it.each([
    [{ access: 'r' }, 1, 'cannot be written'],
    [{ table: 'input' }, 1, 'cannot be written'],
    [{ table: 'discrete', type: 'bool' }, true, 'cannot be written'],
    [{ type: 'string', length: 2 }, 'AB', 'texts are not written'],
    [{ table: 'coil', type: 'bool' }, 2, 'needs true or false, not 2'],
    [{ table: 'coil', type: 'bool' }, null, 'needs true or false, not null'],
    [{ type: 'bool', bit: 3 }, 'on', 'needs true or false, not "on"'],
    [{}, null, 'needs a number, not null'],
    [{}, true, 'needs a number, not true'],
    [{}, '7', 'needs a number, not "7"'],
    [{}, NaN, 'needs a number, not null'],
    [{ type: 'f32' }, Infinity, 'needs a number, not null'],
    [{ type: 'u64' }, 9007199254740992, 'needs a number, not 9007199254740992'],
    [{ type: 'u64' }, '7e', 'needs a number, not "7e"'],
    [{}, 1.5, '1.5 cannot be held exactly; the nearest is 2'],
    [{ scale: 0.1 }, 230.25, '230.25 cannot be held exactly; the nearest is 230.3'],
    [
      { type: 'u64' },
      '9007199254740993.5',
      '9007199254740993.5 cannot be held exactly; the nearest is 9007199254740994',
    ],
    [{ type: 'f32' }, 16777217, '16777217 cannot be held exactly; the nearest is 16777216'],
    [{ type: 'f32' }, 1e39, '1000000000000000000000000000000000000000 is too large'],
    [
      { type: 'f32' },
      1e-50,
      '0.00000000000000000000000000000000000000000000000001 cannot be held exactly; the nearest is 0',
    ],
    [{}, 65536, 'raw value 65536 does not fit: 0 to 65535'],
    [{}, -1, 'raw value -1 does not fit: 0 to 65535'],
    [{ type: 'i16' }, 32768, 'raw value 32768 does not fit: -32768 to 32767'],
    [{ type: 'i16' }, -32769, 'raw value -32769 does not fit: -32768 to 32767'],
    [{ type: 'u32' }, 4294967296, 'raw value 4294967296 does not fit: 0 to 4294967295'],
    [{ type: 'i32' }, -2147483649, 'raw value -2147483649 does not fit: -2147483648 to 2147483647'],
    [{ type: 'u64' }, '18446744073709551616', 'raw value 18446744073709551616 does not fit: 0 to 18446744073709551615'],
    [{ type: 'bcd16' }, 10000, 'raw value 10000 does not fit: 0 to 9999'],
    [{ type: 'bcd32' }, -1, 'raw value -1 does not fit: 0 to 99999999'],
    [{ bit: 4, width: 3 }, 8, 'raw value 8 does not fit: 0 to 7'],
    [{ invalid: [65535] }, 65535, 'raw value 65535 means "no value" to the device'],
    [{ type: 'f32', invalid: [-1] }, -1, '-1 means "no value" to the device'],
    [{ min: 0, max: 50 }, 50.1, '50.1 is above 50'],
    [{ type: 'i16', min: -5 }, -6, '-6 is below -5'],
    [{ enum: { 0: 'stop', 1: 'auto' } }, 2, '2 is none of stop, auto'],
    [{ enum: { 0: 'stop', 1: 'auto' } }, 'Auto', '"Auto" is none of stop, auto'],
    [{ enum: { 0: 'stop', 1: 'auto' } }, true, 'true is none of stop, auto'],
  ] as const)('refuses, for %o, %s: %s', (fields, value, reason) => {
    const refused = point({ ...fields, invalid: 'invalid' in fields ? [...fields.invalid] : [] });
    expect(encodePoint(refused, value)).toEqual({ ok: false, message: `p: ${reason}` });
  });

  it('has words for any value of any point, and throws none', () => {
    const value = fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.string(), fc.constant(null));
    const types = fc.constantFrom(...(['u16', 'i16', 'u64', 'f32', 'f64', 'bcd32'] as const));
    fc.assert(
      fc.property(types, fc.constantFrom(0.1, 7, 1 / 3), value, (type, scale, wanted) => {
        const encoded = encodePoint(point({ type, scale }), wanted);
        return encoded.ok ? 'words' in encoded : encoded.message !== '';
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('bit fields', () => {
  it.each([
    [{ type: 'bool', bit: 0 }, true, 0xfffe, 0x0001],
    [{ type: 'bool', bit: 0 }, false, 0xfffe, 0x0000],
    [{ type: 'bool', bit: 15 }, true, 0x7fff, 0x8000],
    [{ type: 'u16', bit: 4, width: 3 }, 5, 0xff8f, 0x0050],
    [{ type: 'u16', bit: 0, width: 16 }, 7, 0x0000, 0x0007],
    [{ type: 'bool', bit: 0, byteOrder: 'little' }, true, 0xfeff, 0x0100],
  ] as const)('are written as the mask of %o for %s', (fields, value, and, or) => {
    expect(encodePoint(point(fields), value)).toEqual({ ok: true, mask: { and, or } });
  });

  it('keep the other bits of the register', () => {
    expect(applyMask({ and: 0xff8f, or: 0x0050 }, 0xabcd)).toBe(0xabdd);
    expect(applyMask({ and: 0xf2, or: 0x25 }, 0x12)).toBe(0x17); // V1.1b3, 6.16
  });
});

describe('sameValue', () => {
  it.each([
    ['equal words', {}, [7], [7], true],
    ['other words', {}, [7], [8], false],
    ['floats that mean the same', { type: 'f32' }, [0x4366, 0x3333], [0x4366, 0x3334], true],
    ['other floats', { type: 'f32' }, [0x4366, 0x3333], [0x4366, 0x3400], false],
    ['a bit field among other bits', { type: 'bool', bit: 0 }, [0x0001], [0xff01], true],
    ['another bit', { type: 'bool', bit: 0 }, [0x0001], [0xff00], false],
    ['a value outside the range', { max: 5 }, [7], [7], true],
    ['words that mean no value', { type: 'bcd16' }, [0xaaaa], [0xaaaa], true],
    ['other words that mean no value', { type: 'bcd16' }, [0xaaaa], [0xbbbb], false],
    ['a value and none', { type: 'bcd16' }, [0x0000], [0xbbbb], false],
  ] as const)('compares %s', (_, fields, wanted, readBack, same) => {
    expect(sameValue(point(fields), wanted, readBack)).toBe(same);
  });

  it('compares coils', () => {
    const coil = point({ table: 'coil', type: 'bool' });
    expect(sameValue(coil, [true], [true])).toBe(true);
    expect(sameValue(coil, [true], [false])).toBe(false);
  });
});
