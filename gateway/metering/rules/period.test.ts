import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastPeriodOver, midnightOnTheFirst, nextPeriod, periodAt, periodNamed, previousPeriod } from './period.ts';

const SHANGHAI = midnightOnTheFirst('Asia/Shanghai');
const iso = (at: number): string => new Date(at).toISOString();

describe('periodNamed', () => {
  it.each([
    ['2026-11', SHANGHAI, '2026-10-31T16:00:00.000Z', '2026-11-30T16:00:00.000Z'],
    ['2026-12', SHANGHAI, '2026-11-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
    ['2026-10', midnightOnTheFirst('Europe/Berlin'), '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    // Begins in its month up to the 15th …
    ['2026-11', { ...SHANGHAI, day: 15, time: '08:00' }, '2026-11-15T00:00:00.000Z', '2026-12-15T00:00:00.000Z'],
    // … and ends in it from the 16th: what ends on 26 November is November's bill.
    ['2026-11', { ...SHANGHAI, day: 26 }, '2026-10-25T16:00:00.000Z', '2026-11-25T16:00:00.000Z'],
    ['2027-01', { ...SHANGHAI, day: 28 }, '2026-12-27T16:00:00.000Z', '2027-01-27T16:00:00.000Z'],
    // 02:30 does not exist in Berlin on 29 March 2026, and comes twice on 25 October.
    [
      '2026-04',
      { day: 29 - 1, time: '02:30', zone: 'Europe/Berlin' },
      '2026-03-28T01:30:00.000Z',
      '2026-04-28T00:30:00.000Z',
    ],
  ])('%s with its cut', (name, cut, from, to) => {
    const period = periodNamed(name, cut);
    expect([iso(period.from), iso(period.to)]).toEqual([from, to]);
  });

  it.each([
    ['2026-13', SHANGHAI],
    ['2026-1', SHANGHAI],
    ['november', SHANGHAI],
    ['2026-11', { ...SHANGHAI, day: 29 }],
    ['2026-11', { ...SHANGHAI, day: 0 }],
    ['2026-11', { ...SHANGHAI, time: '24:00' }],
  ])('refuses %s with %o', (name, cut) => {
    expect(() => periodNamed(name, cut)).toThrow(RangeError);
  });
});

describe('periodAt', () => {
  it('has its first instant and not that of the next', () => {
    const november = periodNamed('2026-11', SHANGHAI);
    expect(periodAt(november.from, SHANGHAI)).toEqual(november);
    expect(periodAt(november.to - 1, SHANGHAI)).toEqual(november);
    expect(periodAt(november.to, SHANGHAI).name).toBe('2026-12');
    expect(periodAt(november.from - 1, SHANGHAI).name).toBe('2026-10');
  });

  it('has them with a cut late in the month, too', () => {
    const late = { ...SHANGHAI, day: 26 };
    const november = periodNamed('2026-11', late);
    expect([november.to - 1, november.to].map((at) => periodAt(at, late).name)).toEqual(['2026-11', '2026-12']);
  });

  it('bills on the fifth the month before', () => {
    expect(lastPeriodOver(Date.parse('2026-12-05T01:00:00Z'), SHANGHAI).name).toBe('2026-11');
  });

  it('leaves no instant out and has none twice, in any zone and with any cut', () => {
    const cuts = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      time: fc.constantFrom('00:00', '02:30', '23:59'),
      zone: fc.constantFrom(
        'Asia/Shanghai',
        'Europe/Berlin',
        'Africa/Cairo',
        'America/Santiago',
        'Australia/Lord_Howe',
      ),
    });
    const instants = fc.integer({ min: 0, max: 2_000_000_000 }).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(instants, cuts, (at, cut) => {
        const period = periodAt(at, cut);
        expect(period.from <= at && at < period.to).toBe(true);
        expect(previousPeriod(period, cut).to).toBe(period.from);
        expect(nextPeriod(period, cut).from).toBe(period.to);
        expect(nextPeriod(previousPeriod(period, cut), cut)).toEqual(period);
      }),
    );
  });
});
