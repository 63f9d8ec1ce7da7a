import { describe, expect, it } from 'vitest';
import { JUMP_MS, MovableTime } from './community-time.ts';
import { sum } from './drawn.ts';
import { createHousehold } from './household.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, localMs, localText, parseLocal } from './local-time.ts';
import { MeterClock } from './meter-clock.ts';
import { createRegister, dialText } from './register.ts';

const NOVEMBER = localMs(2026, 11, 1);
const DECEMBER = localMs(2026, 12, 1);

describe('local time', () => {
  it('is read as it is written, and nothing else is', () => {
    expect(localText(NOVEMBER)).toBe('2026-11-01T00:00:00');
    expect(parseLocal('2026-11-01T00:00:00')).toBe(NOVEMBER);
    for (const wrong of ['2026-11-31T00:00:00', '2026-13-01T00:00:00', '2026-11-01', '2026-11-01T00:00:00Z', '']) {
      expect(parseLocal(wrong)).toBeNull();
    }
  });
});

describe('the time of the community', () => {
  it('runs at its speed, and before it began as always', () => {
    const time = new MovableTime(1_000, NOVEMBER, 60);
    expect(localText(time.local(2_000))).toBe('2026-11-01T00:01:00');
    expect(localText(time.local(0))).toBe('2026-10-31T23:59:59');
    time.setSpeed(2_000, 1);
    expect(localText(time.local(3_000))).toBe('2026-11-01T00:01:01');
  });

  it('jumps forward and never back', () => {
    const time = new MovableTime(0, NOVEMBER);
    time.jump(10, DECEMBER);
    expect(() => time.jump(20, DECEMBER + DAY_MS)).toThrow('jumping already');
    time.setSpeed(20, 60);
    expect(localText(time.local(10 + JUMP_MS))).toBe('2026-12-01T00:00:00');
    expect(localText(time.local(1_010 + JUMP_MS))).toBe('2026-12-01T00:01:00');
    expect(() => time.jump(500, NOVEMBER)).toThrow('does not go back');
    expect(() => time.setSpeed(500, 0)).toThrow('speed 0');
  });

  it('passes through every time that it jumps over', () => {
    const time = new MovableTime(0, NOVEMBER, 0.001);
    time.jump(86_400_000, DECEMBER);
    const middle = localMs(2026, 11, 17, 12, 34, 56);
    expect(time.local(time.monotonic(middle))).toBe(middle);
    expect(time.monotonic(middle)).toBeLessThan(86_400_000 + JUMP_MS);
  });

  it('says when it was which time', () => {
    const time = new MovableTime(500, NOVEMBER, 1_440);
    time.setSpeed(60_500, 2);
    for (const now of [-4_000, 500, 12_345, 60_500, 90_000])
      expect(time.monotonic(time.local(now))).toBeCloseTo(now, 0);
  });
});

describe('the clock of a meter', () => {
  it('is ahead, and gains', () => {
    const clock = new MeterClock({ since: NOVEMBER, aheadMs: HOUR_MS, driftPpm: 100 });
    expect(clock.shows(NOVEMBER)).toBe(NOVEMBER + HOUR_MS);
    expect(clock.shows(NOVEMBER + DAY_MS)).toBe(NOVEMBER + DAY_MS + HOUR_MS + 8_640);
  });

  it('an hour ahead it has its midnight an hour before midnight', () => {
    const clock = new MeterClock({ since: NOVEMBER, aheadMs: HOUR_MS });
    expect(localText(clock.reached(DECEMBER))).toBe('2026-11-30T23:00:00');
  });

  it('keeps the moment of its midnight when it is set afterwards', () => {
    const clock = new MeterClock({ since: NOVEMBER, aheadMs: HOUR_MS });
    const noon = DECEMBER + 12 * HOUR_MS;
    clock.set(noon, noon);
    expect(clock.shows(noon)).toBe(noon);
    expect(localText(clock.reached(DECEMBER))).toBe('2026-11-30T23:00:00');
    expect(localText(clock.reached(DECEMBER + DAY_MS))).toBe('2026-12-02T00:00:00');
  });

  it('set over midnight, it has it at once', () => {
    const clock = new MeterClock({ since: NOVEMBER, aheadMs: -HOUR_MS });
    const at = DECEMBER + 10 * MINUTE_MS;
    clock.set(at, at);
    expect(clock.reached(DECEMBER)).toBe(at);
  });
});

describe('a household', () => {
  it('is the same again for the same seed, however it is asked, and not for another', () => {
    const [one, other, third] = [1, 1, 2].map((seed) => createHousehold(seed, NOVEMBER));
    for (let t = NOVEMBER; t < NOVEMBER + DAY_MS; t += HOUR_MS) one?.electricity(t);
    expect(one?.electricity(DECEMBER)).toEqual(other?.electricity(DECEMBER));
    expect(one?.electricity(DECEMBER)).not.toEqual(third?.electricity(DECEMBER));
  });

  it('draws in whole numbers that never fall, the tariffs by their hours', () => {
    const { electricity, coldWater, gas } = createHousehold(3, NOVEMBER);
    for (const drawn of [electricity, coldWater, gas]) {
      let last = [...drawn(NOVEMBER)];
      for (let t = NOVEMBER; t < NOVEMBER + 10 * DAY_MS; t += 7 * MINUTE_MS) {
        const now = drawn(t);
        now.forEach((amount, i) => {
          expect(Number.isInteger(amount)).toBe(true);
          expect(amount).toBeGreaterThanOrEqual(last[i] ?? 0);
        });
        last = [...now];
      }
    }
    const night = [electricity(NOVEMBER + DAY_MS), electricity(NOVEMBER + DAY_MS + 5 * HOUR_MS)] as const;
    expect(night[1].slice(0, 3)).toEqual(night[0].slice(0, 3));
    expect(night[1][3]).toBeGreaterThan(night[0][3] ?? 0);
  });

  it('a hundred homes use in November what homes use, and a few nothing but standby', () => {
    const homes = Array.from({ length: 100 }, (_, seed) => createHousehold(seed, NOVEMBER));
    const used = homes.map(({ electricity }) => sum(electricity(DECEMBER)) / 1_000);
    expect(sum(used) / 100).toBeGreaterThan(120);
    expect(sum(used) / 100).toBeLessThan(300);
    const empty = homes.filter((home) => home.isEmpty);
    expect(empty.length).toBeGreaterThan(0);
    for (const { coldWater, electricity } of empty) {
      expect(sum(coldWater(DECEMBER))).toBe(0);
      expect(sum(electricity(DECEMBER))).toBe(30 * 700);
    }
  });
});

describe('a register', () => {
  /** One unit a second. */
  const drawn = (local: number) => [Math.max(0, Math.floor((local - NOVEMBER) / 1_000))];
  const at = (seconds: number): number => NOVEMBER + seconds * 1_000;

  it('begins with what it was installed with and rolls over at its top', () => {
    const register = createRegister({ drawn, initial: [990], modulus: 1_000 });
    expect([0, 9, 10, 1_009].map((s) => register.total(at(s)))).toEqual([990, 999, 0, 999]);
    expect(register.passed(at(1_009))).toBe(1_009);
  });

  it('counts nothing while the supply is off', () => {
    const register = createRegister({ drawn, initial: [0], modulus: 10_000 });
    register.supply.move(at(100), false);
    register.supply.move(at(250), true);
    expect([100, 200, 250, 300].map((s) => register.total(at(s)))).toEqual([100, 100, 100, 150]);
    expect(register.total(at(50))).toBe(50);
    expect(register.supply.count(false, at(300))).toBe(1);
  });

  it('jumps and stands still as it is told, and knows what has really passed', () => {
    const register = createRegister({ drawn, initial: [500], modulus: 10_000, jumps: [{ at: at(60), by: -100 }] });
    expect([59, 60].map((s) => register.total(at(s)))).toEqual([559, 460]);
    const stuck = createRegister({ drawn, initial: [500], modulus: 10_000, stuckFrom: at(60) });
    expect([60, 600].map((s) => [stuck.total(at(s)), stuck.passed(at(s))])).toEqual([
      [560, 60],
      [560, 600],
    ]);
  });

  it('shows digits that are cut off and not rounded', () => {
    expect(dialText(1_234_567, 3, 2)).toBe('1234.56');
    expect(dialText(7, 3, 2)).toBe('0.00');
    expect(dialText(999, 3, 0)).toBe('0');
    expect(dialText(54_321, 3, 3)).toBe('54.321');
  });
});
