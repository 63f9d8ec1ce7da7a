import { describe, expect, it } from 'vitest';
import type { Frozen } from '../../../drivers/contract.ts';
import { frozenWanted, type FrozenFacts } from './frozen-wanted.ts';
import { midnightOnTheFirst } from './period.ts';
import { at } from './testing/on-paper.ts';

const CUT = midnightOnTheFirst('Asia/Shanghai');
const kept = (kind: Frozen['kind'], count: number): Frozen[] =>
  Array.from({ length: count }, (_, index) => ({ kind, ago: index + 1 }));
const OFFERED = [...kept('settlement', 3), ...kept('daily', 4)];

const facts = (differs: Partial<FrozenFacts>): FrozenFacts => ({
  ...{
    offered: OFFERED,
    readings: [],
    installedAt: at('01-01 00:00'),
    lastAnswer: at('12-01 00:10'),
    now: at('12-01 00:20'),
  },
  ...differs,
});
const wanted = (differs: Partial<FrozenFacts>) =>
  frozenWanted(facts(differs), CUT).map(({ frozen, meterTime }) => `${frozen.kind} ${frozen.ago}: ${meterTime}`);
const frozen = (time: string) => ({ at: at(time), quality: 'frozen', standing: 'good' }) as const;
const actual = (time: string) => ({ at: at(time), quality: 'actual', standing: 'good' }) as const;

describe('frozenWanted', () => {
  it('wants the value of the last cut until it is stored', () => {
    expect(wanted({})).toEqual(['settlement 1: 2026-12-01T00:00:00']);
    expect(wanted({ readings: [actual('12-01 00:00')] })).toEqual(['settlement 1: 2026-12-01T00:00:00']);
    expect(wanted({ readings: [frozen('12-01 00:00')] })).toEqual([]);
    expect(wanted({ readings: [{ ...frozen('12-01 00:00'), standing: 'rejected' }] })).toHaveLength(1);
  });

  it('wants every cut and midnight of an outage, oldest first', () => {
    expect(wanted({ lastAnswer: at('10-31 22:00'), now: at('12-02 08:00') })).toEqual([
      'settlement 2: 2026-11-01T00:00:00',
      'daily 4: 2026-11-29T00:00:00',
      'daily 3: 2026-11-30T00:00:00',
      'settlement 1: 2026-12-01T00:00:00',
      'daily 2: 2026-12-01T00:00:00',
      'daily 1: 2026-12-02T00:00:00',
    ]);
  });

  it('wants no midnight that has a reading within two hours', () => {
    const readings = [actual('12-01 02:00'), frozen('12-01 00:00'), actual('12-01 21:59')];
    expect(wanted({ readings, lastAnswer: at('11-30 12:00'), now: at('12-02 08:00') })).toEqual([
      'daily 1: 2026-12-02T00:00:00',
    ]);
  });

  it('wants nothing from before the meter was there, and no midnights of one that has never answered', () => {
    expect(wanted({ installedAt: at('12-01 00:05') })).toEqual([]);
    expect(wanted({ lastAnswer: null })).toEqual(['settlement 1: 2026-12-01T00:00:00']);
  });

  it('goes by the cut of the site', () => {
    const mid = { day: 26, time: '08:00', zone: 'Asia/Shanghai' };
    expect(frozenWanted(facts({ offered: kept('settlement', 1) }), mid).map(({ meterTime }) => meterTime)).toEqual([
      '2026-11-26T08:00:00',
    ]);
  });
});
