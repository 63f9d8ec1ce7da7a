import { describe, expect, it } from 'vitest';
import { localMs, localText, parseLocal } from '../metering/local-time.ts';
import { bcd, clockOf, fromBcd } from './coded.ts';
import { lastMoment, type Recurring } from './moments.ts';

const last = (recurring: Recurring, shown: string, ago = 1): string =>
  localText(lastMoment(recurring, parseLocal(shown) ?? NaN, ago));

describe('lastMoment', () => {
  const settlement: Recurring = { each: 'month', day: 1, hour: 0, minute: 0 };
  it.each([
    [settlement, '2026-11-01T00:00:00', 1, '2026-11-01T00:00:00'],
    [settlement, '2026-10-31T23:59:59', 1, '2026-10-01T00:00:00'],
    [settlement, '2026-02-15T12:00:00', 12, '2025-03-01T00:00:00'],
    [{ each: 'month', day: 25, hour: 8, minute: 30 }, '2026-01-25T08:29:59', 1, '2025-12-25T08:30:00'],
    [{ each: 'day', hour: 0, minute: 0 }, '2026-03-01T00:00:00', 2, '2026-02-28T00:00:00'],
    [{ each: 'day', hour: 6, minute: 30 }, '2026-03-01T06:29:59', 1, '2026-02-28T06:30:00'],
    [{ each: 'hour', minute: 15 }, '2026-03-01T00:14:59', 1, '2026-02-28T23:15:00'],
  ] as const)('%o at %s, %i ago', (recurring, shown, ago, expected) => {
    expect(last(recurring, shown, ago)).toBe(expected);
  });
});

describe('digits', () => {
  it('go the last two first; a sign is the top bit', () => {
    expect(bcd(123_456, 4)).toEqual([0x56, 0x34, 0x12, 0x00]);
    expect(bcd(-5, 2)).toEqual([0x05, 0x80]);
    expect(bcd(1_234_567, 2)).toEqual([0x67, 0x45]);
    expect(fromBcd([0x56, 0x34, 0x12])).toBe(123_456);
    expect(fromBcd([0x5a])).toBeNaN();
  });

  it('of a time are a time, or none', () => {
    expect(clockOf([0x58, 0x59, 0x23, 0x29, 0x02, 0x24])).toBe(localMs(2024, 2, 29, 23, 59, 58));
    expect(clockOf([0x00, 0x00, 0x00, 0x30, 0x02, 0x24])).toBeNull();
    expect(clockOf([0x0a, 0x00, 0x00, 0x01, 0x02, 0x24])).toBeNull();
    expect(clockOf([])).toBeNull();
  });
});
