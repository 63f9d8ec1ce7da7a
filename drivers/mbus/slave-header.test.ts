import { describe, expect, it } from 'vitest';
import { readSlaveHeader } from './slave-header.ts';
import { latin1FromEnd } from './text.ts';
import { fromHex } from './testing/vectors.ts';

describe('readSlaveHeader', () => {
  it.each([
    ['2d2c 01 07', 'KAM', 'Kamstrup 382 (6850-005)'],
    ['2dac 01 07', 'KAM', ''],
    ['c514 00 06', 'EFE', 'Engelmann WaterStar'],
    ['c514 00 04', 'EFE', 'Engelmann / Elster SensoStar 2'],
    ['b405 c0 04', 'AMT', 'Aquametro CALEC ST'],
    ['b405 40 04', 'AMT', 'Aquametro SAPHIR'],
    ['5a19 00 04', 'FJZ', ''],
  ])('names the product of %s', (rest, manufacturer, product) => {
    const header = readSlaveHeader(fromHex(`78563412 ${rest} 2a 00 0000`));
    expect(header).toMatchObject({ id: '12345678', manufacturer, product });
  });

  it.each([
    ['00', []],
    ['01', ['application busy']],
    ['02', ['any application error']],
    ['03', ['abnormal condition or alarm']],
    ['1c', ['power low', 'permanent error', 'temporary error']],
    ['e0', [5, 6, 7].map((bit) => `manufacturer specific (bit ${bit})`)],
  ])('names what the status %s says', (status, names) => {
    expect(readSlaveHeader(fromHex(`78563412 2d2c 01 07 2a ${status} 0000`))?.statusNames).toEqual(names);
  });

  it('needs all twelve bytes', () => {
    expect(readSlaveHeader(new Uint8Array(11))).toBeNull();
  });
});

describe('latin1FromEnd', () => {
  it.each([
    ['6f6c6c6148', 'Hallo'],
    ['20 43 1f 42 41 20', 'AB C'],
    ['58 58 00 42 41', 'AB'],
    ['fc 4d', 'Mü'],
    ['', ''],
  ])('reads %s as %j', (hex, text) => {
    expect(latin1FromEnd(fromHex(hex))).toBe(text);
  });
});
