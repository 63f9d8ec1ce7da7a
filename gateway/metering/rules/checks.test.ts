import { describe, expect, it } from 'vitest';
import type { PastUse } from './estimate.ts';
import { at, billed, draft, meter, october, read } from './testing/on-paper.ts';

/** Water, 30 days of November. */
function codes(used: string, history: readonly PastUse[]): string[] {
  const paper = {
    meters: [meter('W1', { utility: 'coldWater', digits: 5 })],
    billed: billed('W1', '11-01 00:00', '0.00', 'actual'),
    readings: [read('W1', '12-01 00:00', used)],
    history,
  };
  return draft(paper).findings.map(({ code }) => code);
}

describe('checkLine', () => {
  // October's 3.10 in 31 days are 0.10 a day; ten times that are 30.00 in November's 30 days.
  it.each([
    ['29.99', []],
    ['30.00', ['tenTimes']],
    ['0.00', ['zeroUse']],
    ['0.01', []],
  ])('%s m³ after a usual 0.10 a day', (used, expected) => {
    expect(codes(used, [october('3.10')])).toEqual(expected);
  });

  it('goes by the median: one burst pipe and one empty month change nothing', () => {
    const history = [october('310.00'), october('3.10'), october('0.00')];
    expect(codes('30.00', history)).toEqual(['tenTimes']);
    expect(codes('29.99', history)).toEqual([]);
  });

  it('takes the middle of two', () => {
    // 0.10 and 0.30 a day: 0.20, and ten times that are 60.00.
    expect(codes('59.99', [october('3.10'), october('9.30')])).toEqual([]);
    expect(codes('60.00', [october('3.10'), october('9.30')])).toEqual(['tenTimes']);
  });

  it('forgets what is more than twelve periods ago', () => {
    const year = Array.from({ length: 12 }, () => october('3.10'));
    const before = Array.from({ length: 13 }, () => october('310.00'));
    expect(codes('30.00', [...year, ...before])).toEqual(['tenTimes']);
  });

  it('asks nothing about little, and nothing without a past that was measured', () => {
    expect(codes('0.99', [october('0.00')])).toEqual([]);
    expect(codes('1.00', [october('0.00')])).toEqual(['tenTimes']);
    expect(codes('500.00', [])).toEqual([]);
    expect(codes('500.00', [{ ...october('3.10'), isEstimated: true }])).toEqual([]);
  });

  it('compares days, not bills: a bill of two months is no double use', () => {
    const both: PastUse = { consumption: '6.10', from: at('09-01 00:00'), to: at('11-01 00:00'), isEstimated: false };
    expect(codes('29.99', [both])).toEqual([]);
    expect(codes('30.00', [both])).toEqual(['tenTimes']);
  });

  it('has one finding for all reasons of a kind, with a key to accept it by', () => {
    const { findings } = draft({ meters: [meter('E16', { home: '2-1-301' })], readings: [] });
    expect(findings).toMatchObject([
      {
        ...{ key: 'E16:missing', chain: 'E16', home: '2-1-301', weight: 'warns' },
        en: 'meter E16 has no opening value at 2026-11-01 00:00; it has no good one at all; meter E16 has no closing value at 2026-12-01 00:00; it has no good one at all',
        zh: '表 E16 缺期初读数（2026-11-01 00:00）；无任何有效读数；表 E16 缺期末读数（2026-12-01 00:00）；无任何有效读数',
      },
    ]);
  });
});
