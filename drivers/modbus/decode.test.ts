import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePoint, registersOf } from './decode.ts';
import { TYPES, type ModbusPoint } from './profile.ts';
import { point } from './testing/points.ts';

type Row = readonly [
  type: ModbusPoint['type'],
  wordOrder: ModbusPoint['wordOrder'],
  byteOrder: ModbusPoint['byteOrder'],
  words: number[],
  value: number | string,
];

// prettier-ignore
const LAYOUTS: readonly Row[] = [
  ['u16', 'high-first', 'big', [0x1234], 4660],
  ['u16', 'high-first', 'little', [0x1234], 13330],
  ['u16', 'low-first', 'big', [0xffff], 65535],
  ['i16', 'high-first', 'big', [0xfffe], -2],
  ['i16', 'high-first', 'little', [0xfeff], -2],
  ['i16', 'low-first', 'big', [0x8000], -32768],
  ['u32', 'high-first', 'big', [0x0001, 0x0002], 65538],
  ['u32', 'high-first', 'little', [0x0100, 0x0200], 65538],
  ['u32', 'low-first', 'big', [0x0002, 0x0001], 65538],
  ['u32', 'low-first', 'little', [0x0200, 0x0100], 65538],
  ['u32', 'high-first', 'big', [0xffff, 0xffff], 4294967295],
  ['i32', 'high-first', 'big', [0xffff, 0xfffe], -2],
  ['i32', 'high-first', 'little', [0xffff, 0xfeff], -2],
  ['i32', 'low-first', 'big', [0xfffe, 0xffff], -2],
  ['i32', 'low-first', 'little', [0xfeff, 0xffff], -2],
  ['i32', 'high-first', 'big', [0x8000, 0x0000], -2147483648],
  ['u64', 'high-first', 'big', [0x0000, 0x0001, 0x0002, 0x0003], 4295098371],
  ['u64', 'high-first', 'little', [0x0000, 0x0100, 0x0200, 0x0300], 4295098371],
  ['u64', 'low-first', 'big', [0x0003, 0x0002, 0x0001, 0x0000], 4295098371],
  ['u64', 'low-first', 'little', [0x0300, 0x0200, 0x0100, 0x0000], 4295098371],
  ['u64', 'high-first', 'big', [0x001f, 0xffff, 0xffff, 0xffff], 9007199254740991],
  ['u64', 'high-first', 'big', [0x0020, 0x0000, 0x0000, 0x0001], '9007199254740993'],
  ['u64', 'high-first', 'big', [0xffff, 0xffff, 0xffff, 0xffff], '18446744073709551615'],
  ['i64', 'high-first', 'big', [0xffff, 0xffff, 0xffff, 0xfffe], -2],
  ['i64', 'high-first', 'little', [0xffff, 0xffff, 0xffff, 0xfeff], -2],
  ['i64', 'low-first', 'big', [0xfffe, 0xffff, 0xffff, 0xffff], -2],
  ['i64', 'low-first', 'little', [0xfeff, 0xffff, 0xffff, 0xffff], -2],
  ['i64', 'high-first', 'big', [0x8000, 0x0000, 0x0000, 0x0000], '-9223372036854775808'],
  ['f32', 'high-first', 'big', [0x4366, 0x3333], 230.2],
  ['f32', 'high-first', 'big', [0x4366, 0x3334], 230.2],
  ['f32', 'high-first', 'little', [0x6643, 0x3333], 230.2],
  ['f32', 'low-first', 'big', [0x3333, 0x4366], 230.2],
  ['f32', 'low-first', 'little', [0x3333, 0x6643], 230.2],
  ['f32', 'high-first', 'big', [0xc2c8, 0x0000], -100],
  ['f32', 'high-first', 'big', [0x8000, 0x0000], 0],
  ['f32', 'high-first', 'big', [0x4b7f, 0xffff], 16777215],
  ['f64', 'high-first', 'big', [0x406c, 0xc666, 0x6666, 0x6666], 230.2],
  ['f64', 'high-first', 'little', [0x6c40, 0x66c6, 0x6666, 0x6666], 230.2],
  ['f64', 'low-first', 'big', [0x6666, 0x6666, 0xc666, 0x406c], 230.2],
  ['f64', 'low-first', 'little', [0x6666, 0x6666, 0x66c6, 0x6c40], 230.2],
  ['bcd16', 'high-first', 'big', [0x1234], 1234],
  ['bcd16', 'high-first', 'little', [0x3412], 1234],
  ['bcd32', 'high-first', 'big', [0x1234, 0x5678], 12345678],
  ['bcd32', 'high-first', 'little', [0x3412, 0x7856], 12345678],
  ['bcd32', 'low-first', 'big', [0x5678, 0x1234], 12345678],
  ['bcd32', 'low-first', 'little', [0x7856, 0x3412], 12345678],
];

describe('decodePoint', () => {
  it.each(LAYOUTS)('reads %s, %s, %s from %j as %s', (type, wordOrder, byteOrder, words, value) => {
    expect(decodePoint(point({ type, wordOrder, byteOrder }), words)).toEqual({ value, quality: 'good' });
  });

  it('takes only the registers of the point', () => {
    expect(decodePoint(point({ type: 'u32' }), [0, 1, 0xffff]).value).toBe(1);
  });

  it('throws where there are too few registers, or none at all', () => {
    expect(() => decodePoint(point({ type: 'u32' }), [0])).toThrow(RangeError);
    expect(() => decodePoint(point({ type: 'u16' }), [true])).toThrow(RangeError);
    expect(() => decodePoint(point({ table: 'coil', type: 'bool' }), [])).toThrow(RangeError);
  });

  it.each(['coil', 'discrete'] as const)('reads a %s', (table) => {
    expect(decodePoint(point({ table, type: 'bool' }), [true])).toEqual({ value: true, quality: 'good' });
    expect(decodePoint(point({ table, type: 'bool' }), [false, true])).toEqual({ value: false, quality: 'good' });
  });
});

describe('bit fields', () => {
  it.each([
    [{ type: 'bool', bit: 0 }, 0x0001, true],
    [{ type: 'bool', bit: 0 }, 0xfffe, false],
    [{ type: 'bool', bit: 15 }, 0x8000, true],
    [{ type: 'bool', bit: 8, byteOrder: 'little' }, 0x0001, true],
    [{ type: 'u16', bit: 4, width: 3 }, 0x00d0, 5],
    [{ type: 'u16', bit: 12, width: 4 }, 0xf000, 15],
    [{ type: 'u16', bit: 0, width: 16 }, 0xabcd, 43981],
    [{ type: 'u16', bit: 0, width: 4, byteOrder: 'little' }, 0x0700, 7],
  ] as const)('reads %o from %i as %s', (fields, word, value) => {
    expect(decodePoint(point(fields), [word])).toEqual({ value, quality: 'good' });
  });

  it('has no value where the field, not the register, is invalid', () => {
    const nibble = point({ type: 'u16', bit: 4, width: 4, invalid: [15] });
    expect(decodePoint(nibble, [0x01f1])).toMatchObject({ value: null, quality: 'bad' });
    expect(decodePoint(nibble, [0xff0f])).toMatchObject({ value: 0, quality: 'good' });
  });
});

describe('scale and offset', () => {
  it.each([
    ['u16', [2302], { scale: 0.1 }, 230.2],
    ['u16', [2303], { scale: 0.1 }, 230.3],
    ['u16', [3], { scale: 0.1 }, 0.3],
    ['u16', [7], { scale: 0.001 }, 0.007],
    ['u16', [5], { scale: 10 }, 50],
    ['u16', [7], { scale: 1 / 3 }, 7 / 3],
    ['u16', [3600], { scale: 1 / 3600 }, 1],
    ['u16', [3], { scale: 2 / 3 }, 2],
    ['u16', [4], { scale: 1 / 3, offset: 0.1 }, 1.43333333333333],
    ['u16', [0], { offset: -40 }, -40],
    ['u16', [253], { scale: 0.1, offset: -40 }, -14.7],
    ['i16', [0xfffd], { scale: -0.1 }, 0.3],
    ['u32', [0xffff, 0xffff], { scale: 0.0003662109375 }, 1572863.9996337891],
    ['f32', [0x450f, 0xe000], { scale: 0.1 }, 230.2],
    ['f32', [0x4366, 0x3333], { offset: 0.1 }, 230.3],
    ['bcd32', [0x0012, 0x3456], { scale: 0.01 }, 1234.56],
    ['u64', [0x0000, 0xffff, 0xffff, 0xffff], { scale: 0.001 }, 281474976710.655],
    ['u64', [0x0020, 0x0000, 0x0000, 0x0001], { scale: 0.001 }, '9007199254740.993'],
    ['u64', [0x0020, 0x0000, 0x0000, 0x0001], { scale: 10 }, '90071992547409930'],
    ['u64', [0x001f, 0xffff, 0xffff, 0xffff], { scale: 10 }, '90071992547409910'],
    ['i64', [0xffdf, 0xffff, 0xffff, 0xffff], { scale: 0.01, offset: 1 }, '-90071992547408.93'],
  ] as const)('reads %s from %j with %o as %s', (type, words, fields, value) => {
    expect(decodePoint(point({ type, ...fields }), words)).toEqual({ value, quality: 'good' });
  });

  it.each([0.1, 0.01, 0.001])('shows no digit that scale %f does not have, for any register', (scale) => {
    const decimals = String(scale).length - 2;
    fc.assert(
      fc.property(fc.nat(65535), (word) => {
        const shown = String(decodePoint(point({ scale }), [word]).value);
        return (shown.split('.')[1] ?? '').length <= decimals;
      }),
    );
  });
});

describe('no value', () => {
  it.each([
    ['f32', [0x7fc0, 0x0000], '7FC00000 is not a finite number'],
    ['f32', [0x7f80, 0x0000], '7F800000 is not a finite number'],
    ['f32', [0xff80, 0x0000], 'FF800000 is not a finite number'],
    ['f64', [0x7ff8, 0, 0, 0], '7FF8000000000000 is not a finite number'],
    ['f64', [0xfff0, 0, 0, 0], 'FFF0000000000000 is not a finite number'],
    ['bcd16', [0x12a4], '12A4 is not a decimal number (BCD)'],
    ['bcd32', [0x0000, 0x000f], '0000000F is not a decimal number (BCD)'],
  ] as const)('is what %s means by %j', (type, words, reason) => {
    expect(decodePoint(point({ type }), words)).toEqual({ value: null, quality: 'bad', reason });
  });

  it.each([
    ['u16', [0xffff], [65535], '65535'],
    ['i16', [0x7fff], [32767, -32768], '32767'],
    ['i16', [0x8000], [32767, -32768], '-32768'],
    ['u32', [0xffff, 0xffff], [4294967295], '4294967295'],
    ['u64', [0xffff, 0xffff, 0xffff, 0xffff], [18446744073709552000], '18446744073709551615'],
    ['f32', [0x7f7f, 0xffff], [3.4028235e38], '3.4028235e+38'],
    ['f64', [0xbff0, 0, 0, 0], [-1], '-1'],
    ['bcd16', [0x9999], [9999], '9999'],
  ] as const)('is what the profile says of %s %j', (type, words, invalid, raw) => {
    expect(decodePoint(point({ type, invalid: [...invalid], scale: 0.1, max: 1e9 }), words)).toEqual({
      value: null,
      quality: 'bad',
      reason: `the device sends ${raw} for "no value"`,
    });
  });

  it('is what a value becomes that no number holds after scaling', () => {
    expect(decodePoint(point({ type: 'f64', scale: 1000 }), [0x7fef, 0xffff, 0xffff, 0xffff])).toEqual({
      value: null,
      quality: 'bad',
      reason: '1.7976931348623157e+308 is too large to be scaled',
    });
  });

  it('is judged before scaling', () => {
    expect(decodePoint(point({ invalid: [100], scale: 0.1 }), [1000])).toEqual({ value: 100, quality: 'good' });
  });
});

describe('range', () => {
  it.each([
    [0, 'good', undefined],
    [1000, 'good', undefined],
    [1001, 'uncertain', '100.1 is above 100'],
  ])('judges the value of %i after scaling', (word, quality, reason) => {
    const { value, ...judged } = decodePoint(point({ scale: 0.1, min: 0, max: 100 }), [word]);
    expect(value).toBe(word / 10);
    expect(judged).toEqual(reason === undefined ? { quality } : { quality, reason });
  });

  it('has a lower end', () => {
    expect(decodePoint(point({ type: 'i16', min: -40 }), [0xffd7])).toEqual({
      value: -41,
      quality: 'uncertain',
      reason: '-41 is below -40',
    });
  });

  it('judges numbers that travel as text', () => {
    expect(decodePoint(point({ type: 'u64', max: 1e15 }), [0x0020, 0, 0, 1])).toMatchObject({
      value: '9007199254740993',
      quality: 'uncertain',
    });
  });
});

describe('enum', () => {
  const state = point({ enum: { 0: 'normal', 9: 'open', 10: 'closed' }, min: 0, max: 5 });

  it('gives the name of a number', () => {
    expect(decodePoint(state, [9])).toEqual({ value: 'open', quality: 'good' });
  });

  it('gives a number that has no name as it is, and says so', () => {
    expect(decodePoint(state, [3])).toEqual({ value: 3, quality: 'uncertain', reason: '3 has no name in the profile' });
  });
});

describe('strings', () => {
  it.each([
    ['ends at NUL', [0x4142, 0x4300], {}, 'ABC'],
    ['leaves out spaces at the ends', [0x2041, 0x4220], {}, 'AB'],
    ['leaves out what is left over behind NUL', [0x4100, 0xffff], {}, 'A'],
    ['may be empty', [0, 0], {}, ''],
    ['swaps the bytes of each register', [0x4241, 0x0043], { byteOrder: 'little' }, 'ABC'],
    ['keeps the order of registers', [0x4142, 0x4344], { wordOrder: 'low-first' }, 'ABCD'],
    ['reads UTF-8', [0xe997, 0xa800], {}, '门'],
  ] as const)('%s', (_, words, fields, value) => {
    expect(decodePoint(point({ type: 'string', length: 2, ...fields }), words)).toEqual({ value, quality: 'good' });
  });

  it.each([
    [[0xffff, 0xffff], 'ffffffff'],
    [[0x4107, 0x4200], '41074200'],
    [[0xc3c5, 0x0000], 'c3c50000'],
  ])('has no value for %j', (words, digits) => {
    expect(decodePoint(point({ type: 'string', length: 2 }), words)).toEqual({
      value: null,
      quality: 'bad',
      reason: `${digits} is not a printable text`,
    });
  });
});

describe('registersOf', () => {
  it('says how many registers each type takes', () => {
    expect(TYPES.map((type) => registersOf(point({ type, length: 9 })))).toEqual([1, 1, 1, 2, 2, 4, 4, 2, 4, 1, 2, 9]);
  });
});

it('decodes any words of any type', () => {
  const anyPoint = fc.record({
    type: fc.constantFrom(...TYPES),
    wordOrder: fc.constantFrom('high-first' as const, 'low-first' as const),
    byteOrder: fc.constantFrom('big' as const, 'little' as const),
    scale: fc.constantFrom(1, 0.1, 1000, 1 / 3),
  });
  const words = fc.array(fc.nat(65535), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(anyPoint, words, (fields, data) => {
      const { value, quality } = decodePoint(point({ ...fields, length: 4 }), data);
      return (value === null) === (quality === 'bad') && (typeof value !== 'number' || Number.isFinite(value));
    }),
    { numRuns: 2_000 },
  );
});
