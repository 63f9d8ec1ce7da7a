import { describe, expect, it } from 'vitest';
import { duration, instant } from './times.ts';

describe('duration', () => {
  it.each([
    ['2h', 7_200_000],
    ['90m', 5_400_000],
    ['1h30m', 5_400_000],
  ])('of %s is %i ms', (text, ms) => {
    expect(duration(text)).toBe(ms);
  });

  it.each(['', '0m', '2', '2d', '-1h', '1.5h', 'm', '30m1h'])('is not %j', (text) => {
    expect(() => duration(text)).toThrow('90m, 2h or 1h30m');
  });
});

describe('instant', () => {
  it('is what a time with an offset means', () => {
    expect(instant('2026-12-01T08:00:00+08:00')).toBe('2026-12-01T00:00:00.000Z');
    expect(instant('2026-12-01T08:00Z')).toBe('2026-12-01T08:00:00.000Z');
  });

  it('is by the clock of this machine without one', () => {
    expect(instant('2026-12-01T08:00')).toBe(new Date(2026, 11, 1, 8).toISOString());
  });

  it.each(['', 'tomorrow', '2026-12-01', '8', '2026-13-01T08:00Z'])('is not %j', (text) => {
    expect(() => instant(text)).toThrow('2026-12-01T08:00:00+08:00');
  });
});
