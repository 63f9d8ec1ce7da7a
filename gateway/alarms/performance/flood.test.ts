import { describe, expect, it } from 'vitest';
import { announce, CALM, endsAt, passTime, type FloodStep } from './flood.ts';

const MINUTE = 60_000;

/** Announcements at these minutes. */
function flooded(...minutes: readonly number[]): FloodStep {
  return minutes.reduce<FloodStep>(
    ({ rate, turns }, minute) => {
      const step = announce(rate, minute * MINUTE);
      return { rate: step.rate, turns: [...turns, ...step.turns] };
    },
    { rate: CALM, turns: [] },
  );
}

const turnsOf = ({ turns }: FloodStep) => turns.map(({ turn, at }) => [turn, at / MINUTE]);
const eachMinute = (count: number) => Array.from({ length: count }, (_, minute) => minute);
const ELEVEN_AT_ONCE = Array.from({ length: 11 }, () => 0);

describe('a flood begins', () => {
  it('not with ten alarms in ten minutes', () => {
    expect(turnsOf(flooded(...eachMinute(10)))).toEqual([]);
  });

  it('with the eleventh', () => {
    expect(turnsOf(flooded(...eachMinute(10), 9.5))).toEqual([['began', 9.5]]);
  });

  it('not with the eleventh when the first is ten minutes old', () => {
    expect(turnsOf(flooded(...eachMinute(11)))).toEqual([]);
  });

  it('once, however many more come', () => {
    expect(turnsOf(flooded(...ELEVEN_AT_ONCE, 1, 1, 1, 2, 2, 2))).toEqual([['began', 0]]);
  });
});

describe('a flood ends', () => {
  it('when fewer than five came in the last ten minutes', () => {
    // At minute 10 those of 1, 2, 3 and 4 are left.
    const { rate } = flooded(...ELEVEN_AT_ONCE, 1, 2, 3, 4);
    expect(turnsOf(passTime(rate, 10 * MINUTE - 1))).toEqual([]);
    expect(endsAt(rate)).toBe(10 * MINUTE);
    expect(turnsOf(passTime(rate, 10 * MINUTE))).toEqual([['ended', 10]]);
  });

  it('later with each alarm that comes', () => {
    expect(endsAt(flooded(...ELEVEN_AT_ONCE, 1, 2, 3, 4, 5).rate)).toBe(11 * MINUTE);
  });

  it('not while five in ten minutes go on coming', () => {
    const oftenEnough = eachMinute(60).map((n) => n * 1.9);
    expect(turnsOf(flooded(...ELEVEN_AT_ONCE, ...oftenEnough))).toEqual([['began', 0]]);
  });

  it('when it was over, though that is noticed only with the next alarm', () => {
    expect(turnsOf(flooded(...ELEVEN_AT_ONCE, 30))).toEqual([
      ['began', 0],
      ['ended', 10],
    ]);
  });

  it('at once when the clock is set back to before it', () => {
    const { rate } = flooded(...ELEVEN_AT_ONCE.map(() => 600));
    expect(turnsOf(passTime(rate, 0))).toEqual([['ended', 0]]);
  });
});

it('does not count what a clock that was ahead has stamped', () => {
  expect(turnsOf(flooded(600, 600, 600, 600, ...eachMinute(8)))).toEqual([]);
});

it('has no end when there is none', () => {
  expect(endsAt(flooded(0, 1).rate)).toBeNull();
});
