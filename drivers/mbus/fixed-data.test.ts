import { describe, expect, it } from 'vitest';
import { readFixedData, type FixedData } from './fixed-data.ts';
import { fromHex } from './testing/vectors.ts';

/** Identification 12345678, access number 10; then status, unit bytes, counters. */
function read(rest: string): FixedData {
  const fixed = readFixedData(fromHex(`78563412 0a ${rest}`));
  if (fixed === null) throw new Error(rest);
  return fixed;
}

/** The M-Bus: A Documentation Rev. 4.8, chapter 6 and the table of physical units. */
describe('readFixedData', () => {
  it('reads counters of BCD in their units, the second as an earlier value of the first', () => {
    const { counters, medium, id } = read('00 e9 7e 01000000 35010000');
    expect([id, medium]).toEqual(['12345678', 'Water']);
    expect(counters).toEqual([
      { storage: 'actual', quantity: 'Volume', value: '0.001', unit: 'm3', exponent: -3, data: '01000000' },
      { storage: 'historic', quantity: 'Volume', value: '0.135', unit: 'm3', exponent: -3, data: '35010000' },
    ]);
  });

  it('reads signed binary counters and those stored at a fixed date', () => {
    expect(read('03 05 05 feffffff 10000000').counters).toMatchObject([
      { storage: 'stored', quantity: 'Energy', value: '-2000', unit: 'Wh' },
      { storage: 'stored', value: '16000' },
    ]);
  });

  it.each([
    ['02', '12345678', 'Wh'],
    ['0a', '1234567800000000', 'Wh'],
    ['0b', '12345678000', 'J'],
    ['0d', '1234567800000', 'J'],
    ['0e', '12345678000000', 'J'],
    ['13', '1234567800000000000', 'J'],
    ['14', '12345678', 'W'],
    ['1c', '1234567800000000', 'W'],
    ['1d', '12345678000', 'J/h'],
    ['25', '1234567800000000000', 'J/h'],
    ['26', '12.345678', 'm3'],
    ['2c', '12345678', 'm3'],
    ['2e', '1234567800', 'm3'],
    ['2f', '12.345678', 'm3/h'],
    ['37', '1234567800', 'm3/h'],
    ['38', '12345.678', '°C'],
    ['39', '12345678', null],
    ['3f', '12345678', null],
  ])('counts with the unit %s: %s %s', (unit, value, name) => {
    expect(read(`00 ${unit} 3f 78563412 00000000`).counters[0]).toMatchObject({ value, unit: name });
  });

  it.each([
    ['3a', '78563412', 'its unit is reserved'],
    ['00', '78563412', 'times and dates of fixed data are not decoded'],
    ['02', '7856341a', 'not decimal digits'],
  ])('has no value with the unit %s and %s: %s', (unit, counter, reason) => {
    expect(read(`00 ${unit} 3f ${counter} 00000000`).counters[0]).toMatchObject({ value: null, unit: null, reason });
  });

  it('names what the status says', () => {
    expect(read('5c 02 02 00000000 00000000').statusNames).toEqual([
      'power low',
      'permanent error',
      'temporary error',
      'manufacturer specific (bit 6)',
    ]);
  });

  it.each(['', '00', '78563412 0a 00 e9 7e 01000000 350100', '78563412 0a 00 e9 7e 01000000 35010000 00'])(
    'takes nothing but sixteen bytes: %s',
    (hex) => {
      expect(readFixedData(fromHex(hex))).toBeNull();
    },
  );
});
