import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, judge, type Problem } from './plausible.ts';
import { passage, type Register } from './register.ts';

const HOUR = 3_600_000;
const electricity: Register = { utility: 'electricity', unit: 'kWh', digits: 6, decimals: 2, maxPerHour: null };
const water: Register = { utility: 'coldWater', unit: 'm3', digits: 5, decimals: 2, maxPerHour: null };

/** One hour after the last good value. */
function after(register: Register, good: string, value: string, hours = 1, asked: string | null = null) {
  const known = { good: { value: good, at: 0 }, lines: [] };
  return judge(
    register,
    { ...known, asked: asked === null ? null : { value: asked, at: hours * HOUR } },
    { value, at: hours * HOUR },
  );
}

describe('judge', () => {
  it.each([
    ['the same value', electricity, '100.00', '100.00', 1],
    ['a little more', electricity, '100.00', '101.25', 1],
    ['the most that can pass in an hour', electricity, '100.00', '170.00', 1],
    ['one turn of the last digit at once', water, '100.00', '100.01', 0],
    ['twelve days of much', water, '100.00', '1540.00', 288],
    ['a meter behind a CT by its own maximum', { ...electricity, maxPerHour: '5.5' }, '1.00', '6.50', 1],
    ['more decimals than the dial has', electricity, '100.00', '100.125', 1],
  ])('takes %s', (_, register, good, value, hours) => {
    expect(after(register, good, value, hours)).toEqual({ outcome: 'good' });
  });

  it.each<[string, Register, string, string, Problem]>([
    ['a zero', electricity, '8000.00', '0.00', 'zero'],
    ['a zero from the top that would be too much', electricity, '999900.00', '0', 'zero'],
    ['going back', electricity, '8000.00', '7999.99', 'backwards'],
    ['a start too early for a roll-over', water, '98999.99', '0.50', 'backwards'],
    ['an end too late for a roll-over', water, '99999.99', '1000.00', 'backwards'],
    ['a jump', electricity, '100.00', '170.02', 'jump'],
    ['more than the register has digits', water, '99999.00', '100000.00', 'beyondDigits'],
    ['less than nothing', water, '1.00', '-0.01', 'beyondDigits'],
    ['what is no number', water, '1.00', 'NaN', 'notANumber'],
  ])('reads %s again, and holds it if it stays', (_, register, good, value, problem) => {
    expect(after(register, good, value)).toEqual({ outcome: 'reread' });
    expect(after(register, good, value, 1, value)).toMatchObject({ outcome: 'suspect', problem });
  });

  it('takes a dial of whole units for about to turn, and no other one', () => {
    const water = { digits: 6, decimals: 2, maxPerHour: null, utility: 'coldWater', unit: 'm3' } as const;
    const after = (from: string, to: string) =>
      judge(water, { good: { value: from, at: 0 }, lines: [], asked: null }, { value: to, at: 180_000 }).outcome;
    expect([after('100.00', '101.00'), after('100', '101')]).toEqual(['good', 'good']);
    expect([after('100.00', '102.00'), after('100.01', '101.01'), after('100.00', '100.90')]).toEqual([
      ...['reread', 'reread', 'reread'],
    ]);
  });

  it('takes the second answer where only the first was wrong', () => {
    expect(after(electricity, '100.00', '101.00', 1, '0.00')).toEqual({ outcome: 'good' });
  });

  it('says what it first read where both answers are wrong', () => {
    expect(after(electricity, '8000.00', '20.00', 1, '0.00')).toMatchObject({
      words: {
        zh: '读数从 8000.00 倒退到 20.00（减少 7980），不在 1000000 附近，不是翻转；之前读得 0.00',
        en: 'it went back from 8000.00 to 20.00 (by 7980); that is no roll-over at 1000000; read before: 0.00',
      },
    });
  });

  it.each([
    ['99999.00', '0.40', 1, '1.40'],
    ['99999.99', '0.00', 1, '0.01'],
    ['99000.00', '999.99', 1000, '1999.99'],
  ])('takes %s → %s within %i h for a roll-over', (good, value, hours, use) => {
    expect(after(water, good, value, hours)).toEqual({
      outcome: 'rollOver',
      words: {
        zh: `计度器翻转：${good} → ${value}，用量 ${use}`,
        en: `the register rolled over: ${good} → ${value}, ${use} used`,
      },
    });
  });

  it('judges a value that the meter kept from before against the one after it', () => {
    const known = { good: { value: '100.00', at: HOUR }, lines: [] };
    expect(assess(water, known, { value: '99.00', at: 0 })).toBeNull();
    expect(assess(water, known, { value: '100.01', at: 0 })).toMatchObject({ problem: 'backwards' });
    expect(assess(water, known, { value: '94.98', at: 0 })).toMatchObject({ problem: 'jump' });
  });

  it('has nothing against the first value of a meter but its digits', () => {
    expect(assess(water, { good: null, lines: [] }, { value: '77777.77', at: 0 })).toBeNull();
  });
});

describe('passage', () => {
  it.each([
    ['98999.99', '0.50', 'backwards'],
    ['99000.00', '0.50', 'rollOver'],
    ['99000.00', '1000.00', 'backwards'],
  ])('%s → %s in two thousand hours: %s', (from, to, kind) => {
    expect(passage(water, { value: from, at: 0 }, { value: to, at: 2000 * HOUR }).kind).toBe(kind);
  });

  const hundredths = fc.integer({ min: 0, max: 9_999_999 });
  const text = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;

  it('never makes a use of less than nothing, and says so of all that went back', () => {
    fc.assert(
      fc.property(hundredths, hundredths, fc.integer({ min: 0, max: 2000 }), (from, to, hours) => {
        const way = passage(water, { value: text(from), at: 0 }, { value: text(to), at: hours * HOUR });
        expect(way.kind === 'backwards' ? way.by.digits : way.use.digits).toBeGreaterThanOrEqual(0n);
        if (way.kind === 'forward') expect(to).toBeGreaterThanOrEqual(from);
        else expect(to).toBeLessThan(from);
        if (way.kind === 'rollOver') expect([from >= 9_900_000, to < 100_000]).toEqual([true, true]);
      }),
    );
  });
});

it('takes for the most that can pass a heat meter the same heat, whichever unit it shows', () => {
  const good = { value: '100.00', at: 0 };
  const heat = { utility: 'heat', digits: 6, decimals: 2, maxPerHour: null } as const;
  const seen = { value: '101.00', at: HOUR };
  // 1 GJ in an hour is 278 kW; 175 kW are 0.63 GJ.
  expect(assess({ ...heat, unit: 'GJ' }, { good, lines: [] }, seen)).toMatchObject({ problem: 'jump' });
  expect(assess({ ...heat, unit: 'kWh' }, { good, lines: [] }, seen)).toBeNull();
});
