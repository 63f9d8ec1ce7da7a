import { describe, expect, it } from 'vitest';
import { stillOwed, tellingCount } from './owed.ts';

/** Holding registers: five bytes and two per register. */
const registers = { step: 1, max: 125, lengthOf: (count: number) => 5 + 2 * count };
const owed = (...counts: number[]) => counts.map((count) => ({ fc: 3, replyLength: 5 + 2 * count, until: 10_000 }));

describe('tellingCount', () => {
  it('is the count itself while nothing is owed, or only replies of other shapes', () => {
    expect(tellingCount([], 3, 10, registers)).toBe(10);
    expect(tellingCount(owed(4, 6), 3, 10, registers)).toBe(10);
    expect(tellingCount(owed(10), 4, 10, registers)).toBe(10);
  });

  it('is the next smaller count whose reply cannot be taken for any that is owed', () => {
    expect(tellingCount(owed(10), 3, 10, registers)).toBe(9);
    expect(tellingCount(owed(10, 9, 8), 3, 10, registers)).toBe(7);
  });

  it('is larger where nothing smaller is left', () => {
    expect(tellingCount(owed(1), 3, 1, registers)).toBe(2);
    expect(tellingCount(owed(1, 2, 3), 3, 2, registers)).toBe(4);
  });

  it('keeps to pairs where the device reads registers only in pairs', () => {
    expect(tellingCount(owed(2), 3, 2, { ...registers, step: 2 })).toBe(4);
    expect(tellingCount(owed(6), 3, 6, { ...registers, step: 2 })).toBe(4);
  });

  it('skips counts of bits whose replies are of the same length', () => {
    const bits = { step: 1, max: 2000, lengthOf: (count: number) => 5 + Math.ceil(count / 8) };
    expect(tellingCount([{ fc: 2, replyLength: 7, until: 1 }], 2, 16, bits)).toBe(8);
    expect(tellingCount([{ fc: 2, replyLength: 6, until: 1 }], 2, 8, bits)).toBe(9);
  });

  it('is null when every length is owed', () => {
    expect(tellingCount(owed(1, 2), 3, 1, { ...registers, max: 2 })).toBeNull();
  });
});

describe('stillOwed', () => {
  it('forgets what no device answers so late', () => {
    expect(stillOwed(owed(1, 2), 9_999)).toHaveLength(2);
    expect(stillOwed(owed(1, 2), 10_000)).toHaveLength(0);
  });
});
