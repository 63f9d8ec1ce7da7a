import { describe, expect, it } from 'vitest';
import { diBytes, readDi, type DiOrder } from './data-identifier.ts';
import { isKnownDi } from './layouts.ts';
import { fromHex } from './testing/vectors.ts';

function read(bytes: string, preferred?: DiOrder): string {
  const found = readDi(fromHex(bytes), isKnownDi, preferred);
  return found === null ? 'none' : `${found.di.toString(16)} ${found.order}`;
}

describe('readDi', () => {
  it.each([
    ['90 1f', '901f high'],
    ['1f 90', '901f low'],
    ['d1 2b', 'd12b high'],
    ['2b d1', 'd12b low'],
    ['17 a0', 'a017 low'],
    ['0a 81', '810a low'],
    // Both orders are history: D2D3 and D3D2.
    ['d2 d3', 'd2d3 high'],
    // No item, but the high byte of many.
    ['99 90', '9099 low'],
    ['90 99', '9099 high'],
    ['12 34', '1234 high'],
    ['90', 'none'],
    ['', 'none'],
  ])('reads %s as %s', (bytes, expected) => {
    expect(read(bytes)).toBe(expected);
  });

  it.each(['81', '82', '90', '91', 'a0', 'a1', 'a2', 'd0', 'd1', 'd2', 'd3', 'd4'])(
    'takes %s for a high byte, also of an item that it does not know',
    (high) => {
      expect(readDi(fromHex(`99 ${high}`), () => false)).toEqual({ di: parseInt(`${high}99`, 16), order: 'low' });
    },
  );

  it('reads in the order of the request where both make sense', () => {
    expect(read('d2 d3', 'low')).toBe('d3d2 low');
    expect(read('90 1f', 'low')).toBe('901f high');
  });
});

describe('diBytes', () => {
  it('puts the high byte first or the low byte', () => {
    expect(diBytes(0x901f, 'high')).toEqual([0x90, 0x1f]);
    expect(diBytes(0x901f, 'low')).toEqual([0x1f, 0x90]);
  });
});
