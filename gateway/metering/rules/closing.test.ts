import { describe, expect, it } from 'vitest';
import { USUAL_TOLERANCES, valueAtCut, type CutSearch } from './closing.ts';
import { at, billed, read, shown, type Unnumbered } from './testing/on-paper.ts';

const CUT = '12-01 00:00';
const found = (readings: readonly Unnumbered[], differs: Partial<CutSearch> = {}) =>
  valueAtCut(
    {
      readings: readings.map((reading, index) => ({ ...reading, id: index + 1 })),
      ...{ cut: at(CUT), notBefore: at('11-01 00:00'), notAfter: Infinity, ...differs },
    },
    USUAL_TOLERANCES,
  );
const chosen = (...readings: readonly Unnumbered[]): string => shown(found(readings).boundary);

const frozen = (time: string, value: string) => read('E1', time, value, { quality: 'frozen' });
const actual = (time: string, value: string) => read('E1', time, value);
const manual = (time: string, value: string) => read('E1', time, value, { quality: 'manual' });
const estimated = (time: string, value: string) => read('E1', time, value, { quality: 'estimated' });

describe('valueAtCut', () => {
  it('asks frozen, actual, manual, estimated in this order', () => {
    const all = [estimated(CUT, '4'), manual(CUT, '3'), actual('11-30 22:00', '2'), frozen(CUT, '1')] as const;
    const [fourth, third, second, first] = all;
    expect(chosen(...all)).toBe('1 frozen 12-01 00:00');
    expect(chosen(fourth, third, second)).toBe('2 actual 11-30 22:00');
    expect(chosen(fourth, third)).toBe('3 manual 12-01 00:00');
    expect(chosen(fourth)).toBe('4 estimated 12-01 00:00');
    expect(chosen(first, second, third, fourth)).toBe('1 frozen 12-01 00:00');
  });

  it('takes what was frozen at another hour for no more than a reading', () => {
    expect(chosen(frozen('11-30 23:00', '1'), actual('12-01 00:10', '2'))).toBe('2 actual 12-01 00:10');
    const halfAMinuteLate = { ...frozen(CUT, '1'), at: at(CUT) + 30_000 };
    expect(chosen(halfAMinuteLate, actual(CUT, '2'))).toBe('1 frozen 12-01 00:00');
    expect(chosen(frozen('12-01 00:05', '1'), actual('12-01 00:10', '2'))).toBe('1 frozen 12-01 00:05');
  });

  it.each([
    ['two hours and no more', [actual('11-30 21:59', '1'), actual('12-01 02:00', '2')], '2 actual 12-01 02:00'],
    ['two hours before, too', [actual('11-30 22:00', '1')], '1 actual 11-30 22:00'],
    ['nothing beyond', [actual('11-30 21:59', '1'), actual('12-01 02:01', '2')], 'missing'],
    ['three days for a person', [manual('11-27 23:59', '1'), manual('12-04 00:00', '2')], '2 manual 12-04 00:00'],
  ])('tolerates %s', (_, readings, expected) => {
    expect(chosen(...readings)).toBe(expected);
  });

  it('takes the nearer, of two as near the earlier, of two at once the one stored last', () => {
    expect(chosen(actual('11-30 23:00', '1'), actual('12-01 00:59', '2'))).toBe('2 actual 12-01 00:59');
    expect(chosen(actual('12-01 01:00', '2'), actual('11-30 23:00', '1'))).toBe('1 actual 11-30 23:00');
    expect(chosen(actual('11-30 23:00', '1'), actual('11-30 23:00', '3'))).toBe('3 actual 11-30 23:00');
  });

  it('never uses what was rejected, and holds what is suspect', () => {
    const rejected = { ...frozen(CUT, '1'), standing: 'rejected' } as const;
    const suspect = { ...actual('12-01 00:01', '2'), standing: 'suspect' } as const;
    const farSuspect = { ...actual('12-01 03:00', '3'), standing: 'suspect' } as const;
    const result = found([rejected, suspect, farSuspect]);
    expect(result.boundary).toBeNull();
    expect(result.held.map(({ value }) => value)).toEqual(['2']);
  });

  it('looks neither before what was billed nor beyond the removal', () => {
    const readings = [actual('11-30 23:30', '1'), actual('12-01 01:00', '2')];
    expect(shown(found(readings, { notBefore: at('11-30 23:45') }).boundary)).toBe('2 actual 12-01 01:00');
    expect(found(readings.slice(1), { notAfter: at('12-01 00:59') }).boundary).toBeNull();
    expect(shown(found(readings.slice(1), { notAfter: at('12-01 01:00') }).boundary)).toBe('2 actual 12-01 01:00');
    expect(found(readings, { notBefore: at('12-01 01:01') }).boundary).toBeNull();
  });

  it('takes what the registry notes for what a person noted', () => {
    const noted = { ...billed('E1', '12-01 10:00', '7', 'manual'), source: 'removal' } as const;
    expect(shown(found([], { noted }).boundary)).toBe('7 manual 12-01 10:00');
    expect(shown(found([manual('12-01 09:00', '6')], { noted }).boundary)).toBe('6 manual 12-01 09:00');
  });
});
