import { describe, expect, it } from 'vitest';
import type { Wanted } from './frozen-wanted.ts';
import { fillFrom, type FrozenSeen, type Neighbours } from './gap-filling.ts';
import { at, meter } from './testing/on-paper.ts';

const WANTED: Wanted = {
  ...{ frozen: { kind: 'daily', ago: 1 }, meterTime: '2026-11-20T00:00:00', at: at('11-20 00:00') },
};
const AROUND: Neighbours = {
  before: { value: '100.00', at: at('11-19 18:00') },
  lines: [],
  after: { value: '120.00', at: at('11-20 06:00') },
};
const fill = (seen: Partial<FrozenSeen>, neighbours = AROUND) =>
  fillFrom(meter('E1'), WANTED, { value: '110.00', meterTime: '2026-11-20T00:00:00', ...seen }, neighbours);

describe('fillFrom', () => {
  it.each(['2026-11-20T00:00:00', '2026-11-20T00:00:07'])(
    'stores what fits, frozen at %s by the meter',
    (meterTime) => {
      expect(fill({ meterTime })).toEqual({
        ...{ kind: 'store', doubt: null },
        reading: { value: '110.00', at: at('11-20 00:00'), quality: 'frozen', standing: 'good' },
      });
    },
  );

  it.each([
    ['less than before', '99.99'],
    ['more than after', '120.01'],
  ])('holds %s', (_, value) => {
    expect(fill({ value })).toMatchObject({
      reading: { value, standing: 'suspect' },
      doubt: { en: expect.stringContaining('went back') as string },
    });
  });

  it.each([
    ['holds what went on to what is held', '179.00', 'suspect'],
    ['stores what is far from there', '101.00', 'good'],
  ])('%s', (_, value, standing) => {
    const held = { value: '180.00', at: at('11-20 06:00') };
    const neighbours = { ...AROUND, lines: [{ first: held, last: held }], after: null };
    expect(fill({ value }, neighbours)).toMatchObject({ reading: { standing } });
  });

  it('stores the only value that there is', () => {
    expect(fill({ value: '5.00' }, { before: null, lines: [], after: null })).toMatchObject({
      reading: { standing: 'good' },
    });
  });

  it.each([
    ['no value', { value: null }, 'no such value'],
    ['no time', { meterTime: null }, 'no time'],
    ['a time that is none', { meterTime: '2026-00-00T00:00:00' }, 'no time'],
    ['the time of another cut', { meterTime: '2026-11-19T00:00:00' }, 'frozen at 2026-11-19T00:00:00'],
  ])('ignores %s, and says so', (_, seen, words) => {
    const filling = fill(seen);
    expect(filling.kind).toBe('ignore');
    expect('words' in filling && filling.words.en).toContain(words);
  });
});
