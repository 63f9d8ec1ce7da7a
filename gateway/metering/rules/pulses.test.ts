import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DoubtedLine } from './doubt.ts';
import { countPulses, startCounting, type Count, type PulseRegister, type PulseState } from './pulses.ts';

const HOUR = 3_600_000;
/** Ten litres a pulse, on a 16-bit counter. */
const water: PulseRegister = {
  ...{ utility: 'coldWater', unit: 'm3', digits: 4, decimals: 2, maxPerHour: null },
  ...{ weight: '0.01', range: 65_536 },
};
const at = (count: number, value: string): PulseState => ({ value, count, at: 0 });
const seen = (count: number, hours = 1) => ({ count, at: hours * HOUR });
const take = (state: PulseState, next: Count, isAgain = false, register = water) =>
  countPulses(register, { state, lines: [], isAgain }, next);

describe('countPulses', () => {
  it('starts at the dial, whatever has been counted before', () => {
    expect(startCounting(water, '123.4', seen(5000))).toEqual({ value: '123.40', count: 5000, at: HOUR });
  });

  it.each([
    ['nothing', at(100, '10.00'), 100, '10.00'],
    ['pulses by their weight', at(100, '10.00'), 250, '11.50'],
    ['the most that can pass in an hour', at(0, '10.00'), 502, '15.02'],
    ['over the top of the dial', at(0, '9999.50'), 70, '0.20'],
  ])('counts %s', (_, state, count, value) => {
    expect(take(state, seen(count))).toEqual({
      ...{ kind: 'counted', lines: [] },
      state: { value, count, at: HOUR },
    });
  });

  it('counts on when the counter has no more digits', () => {
    expect(take(at(65_530, '10.00'), seen(4))).toEqual({
      ...{ kind: 'overflowed', lines: [] },
      state: { value: '10.10', count: 4, at: HOUR },
    });
  });

  it('does not take for that what cannot have been counted in the time', () => {
    expect(take(at(65_000, '10.00'), seen(600)).kind).toBe('reread');
  });

  it('goes over the top of a small dial as often as it must', () => {
    const small = { ...water, digits: 1, weight: '1' };
    expect(take(at(0, '3.00'), seen(25, 100), false, small)).toMatchObject({ state: { value: '8.00' } });
  });

  it('takes a counter that is smaller for restarted only when it has been asked twice', () => {
    expect(take(at(30_000, '300.00'), seen(0))).toMatchObject({ kind: 'reread' });
    expect(take(at(30_000, '300.00'), seen(3), true)).toEqual({
      kind: 'restarted',
      state: { value: '300.03', count: 3, at: HOUR },
      lines: [{ first: { value: '30000', at: 0 }, last: { value: '30000', at: 0 } }],
      words: {
        zh: '脉冲计数器重新从零开始：30000 → 3；两次读取之间、重启之前的脉冲无法得知',
        en: 'the pulse counter began again at zero: 30000 → 3; pulses between the last poll and the restart are lost',
      },
    });
  });

  it.each([
    ['a jump', 5_000],
    ['a fall to what cannot have been counted since', 20_000],
    ['what no counter shows', 65_536],
    ['less than nothing', -1],
  ])('reads %s again, and then holds it', (_, count) => {
    const state = at(count === 5_000 ? 0 : 30_000, '300.00');
    expect(take(state, seen(count)).kind).toBe('reread');
    expect(take(state, seen(count), true).kind).toBe('suspect');
  });

  it('never goes back, and never faster than water flows, whatever is counted', () => {
    const counts = fc.array(fc.tuple(fc.integer({ min: -5, max: 70_000 }), fc.boolean()), { maxLength: 40 });
    fc.assert(
      fc.property(counts, (all) => {
        let state = startCounting({ ...water, digits: 9 }, '0', seen(0, 0));
        let lines: readonly DoubtedLine[] = [];
        all.forEach(([count, isAgain], index) => {
          const step = countPulses({ ...water, digits: 9 }, { state, lines, isAgain }, seen(count, index + 1));
          if ('lines' in step) ({ lines } = step);
          if (!('state' in step)) return;
          expect(Number(step.state.value)).toBeGreaterThanOrEqual(Number(state.value));
          expect(Number(step.state.value) - Number(state.value)).toBeLessThanOrEqual(
            (5 * (step.state.at - state.at)) / HOUR + 0.021,
          );
          state = step.state;
        });
      }),
    );
  });
});
