import { describe, expect, it } from 'vitest';
import { secondsOf } from './decode-time.ts';
import { runningClock, settlementMoment } from './settlement-moment.ts';

function moment(clock: string, day: number, ago = 1): string | null {
  return settlementMoment(secondsOf(clock) ?? NaN, day, ago);
}

describe('the time of a settlement', () => {
  it.each([
    ['2026-11-15 10:00:00', 1, '2026-11-01T00:00:00'],
    ['2026-11-15 10:00:00', 15, '2026-11-15T00:00:00'],
    ['2026-11-15 10:00:00', 16, '2026-10-16T00:00:00'],
    ['2026-01-01 01:00:00', 1, '2026-01-01T00:00:00'],
    ['2026-01-05 10:00:00', 28, '2025-12-28T00:00:00'],
    ['2028-02-29 23:00:00', 28, '2028-02-28T00:00:00'],
  ])('at %s by the meter, with settlement day %s, is %s', (clock, day, time) => {
    expect(moment(clock, day)).toBe(time);
  });

  it.each([
    [2, '2026-10-20T00:00:00'],
    [11, '2026-01-20T00:00:00'],
    [12, '2025-12-20T00:00:00'],
  ])('%s times ago lies so many months less one before the latest', (ago, time) => {
    expect(moment('2026-11-25 12:00:00', 20, ago)).toBe(time);
  });

  it.each([0, 29, 31, 1.5])('is not known on day %s, which not every month has', (day) => {
    expect(moment('2026-11-30 12:00:00', day)).toBeNull();
  });

  it('is not known while the meter may be about to keep its value, or may not have done so yet', () => {
    expect(moment('2026-10-31 23:57:59', 1)).toBe('2026-10-01T00:00:00');
    expect(moment('2026-10-31 23:58:01', 1)).toBeNull();
    expect(moment('2026-11-01 00:59:59', 1)).toBeNull();
    expect(moment('2026-11-01 01:00:00', 1)).toBe('2026-11-01T00:00:00');
  });
});

describe('a running clock', () => {
  it('shows what it showed and what has passed', () => {
    const read = secondsOf('2026-10-31 23:59:59') ?? NaN;
    expect(runningClock('2026-10-31 23:59:59', 2_000)).toBe(read + 2);
  });

  it('shows nothing where there is none', () => {
    expect(runningClock(null, 0)).toBeNull();
    expect(runningClock('2026-02-30 00:00:00', 0)).toBeNull();
  });
});
