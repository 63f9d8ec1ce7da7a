import { describe, expect, it } from 'vitest';
import { asIfUtc, isoLocal, settlementDayOf, settlementMoments } from './settlement-moments.ts';

const FIRST = { day: 1, hour: 0 };
const at = (text: string): number => asIfUtc(text);

describe('settlementMoments', () => {
  it('goes back month by month, over the turn of the year', () => {
    expect(settlementMoments([FIRST], at('2026-02-03 08:00'), 3)).toEqual([
      '2026-02-01T00:00:00',
      '2026-01-01T00:00:00',
      '2025-12-01T00:00:00',
    ]);
  });

  it('knows twelve of them', () => {
    expect(settlementMoments([FIRST], at('2026-02-03 08:00'), 12)?.at(-1)).toBe('2025-03-01T00:00:00');
  });

  it('does not count the day of this month before it has come', () => {
    expect(settlementMoments([{ day: 25, hour: 20 }], at('2026-02-25 19:00'), 1)).toEqual(['2026-01-25T20:00:00']);
    expect(settlementMoments([{ day: 25, hour: 20 }], at('2026-02-25 20:05'), 1)).toEqual(['2026-02-25T20:00:00']);
  });

  it('merges several days of a month, whatever their order, and counts the same one once', () => {
    const days = [{ day: 16, hour: 0 }, FIRST, FIRST];
    expect(settlementMoments(days, at('2026-03-20 00:00'), 3)).toEqual([
      '2026-03-16T00:00:00',
      '2026-03-01T00:00:00',
      '2026-02-16T00:00:00',
    ]);
  });

  it('leaves out a month that does not have the day', () => {
    expect(settlementMoments([{ day: 31, hour: 0 }], at('2026-04-15 00:00'), 2)).toEqual([
      '2026-03-31T00:00:00',
      '2026-01-31T00:00:00',
    ]);
  });

  it('knows nothing while one is being made, before and after', () => {
    expect(settlementMoments([FIRST], at('2026-03-01 00:01'), 1)).toBeNull();
    expect(settlementMoments([FIRST], at('2026-02-28 23:59'), 1)).toBeNull();
    expect(settlementMoments([FIRST], at('2026-02-28 23:57'), 1)).toEqual(['2026-02-01T00:00:00']);
  });
});

describe('settlementDayOf', () => {
  it('reads a day, and none where none is set', () => {
    expect(settlementDayOf('25 20')).toEqual({ day: 25, hour: 20 });
    expect(settlementDayOf(null)).toBeNull();
  });
});

describe('isoLocal', () => {
  it("writes meters' times as readings have them", () => {
    expect(isoLocal('2024-02-29 00:00')).toBe('2024-02-29T00:00:00');
    expect(isoLocal('2016-01-11 18:53:32')).toBe('2016-01-11T18:53:32');
    expect(isoLocal('2016-01-11')).toBe('2016-01-11');
  });
});
