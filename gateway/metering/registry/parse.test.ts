/** What people and spreadsheets write into a cell, and what it is. */
import { describe, expect, it } from 'vitest';
import { nearNames } from './near-names.ts';
import { parseCode } from './parse-code.ts';
import { onDial, parsePositive, parseWhole } from './parse-number.ts';
import { parseLocalTime } from './parse-time.ts';
import { parseUnit, parseUtility } from './parse-utility.ts';
import type { Parsed } from './parsed.ts';

function valueOf<T>(result: Parsed<T>): T | null {
  return result.ok ? result.value : null;
}

describe('a time', () => {
  it.each([
    ['2026-11-01', '2026-11-01T00:00:00'],
    ['2026/11/1', '2026-11-01T00:00:00'],
    ['2026.11.1', '2026-11-01T00:00:00'],
    ['2026年11月1日', '2026-11-01T00:00:00'],
    ['2026年11月1日 8:05', '2026-11-01T08:05:00'],
    ['2026-11-01 08:00', '2026-11-01T08:00:00'],
    ['2026/11/1 8:00:30', '2026-11-01T08:00:30'],
    ['2026-11-01T08:00:30', '2026-11-01T08:00:30'],
    ['2026-11-01 08:00:30.000', '2026-11-01T08:00:30'],
    ['２０２６－１１－０１　０８：００', '2026-11-01T08:00:00'],
    ['2024-02-29', '2024-02-29T00:00:00'],
  ])('%s', (cell, time) => {
    expect(valueOf(parseLocalTime(cell))).toBe(time);
  });

  it.each([
    '2026-02-29', '2026-13-01', '2026-11-01 24:00', '2026-11-01 08:60', '2026-11-01 8', '2026-11-0108:00', '2026-11-01 ', '2026/11-1',
    '26-11-01', '11/1/2026', '1.11.2026', '20261101', '46327', '46327.5', '2026-11', '1979-12-31', '2100-01-01', '今天',
  ])('%j is none', (cell) => {
    expect(parseLocalTime(cell).ok).toBe(false);
  }); // prettier-ignore
});

describe('a number that names something', () => {
  it.each([
    ['000012345678', '000012345678'],
    ["'000012345678", '000012345678'],
    ['０００１２', '00012'],
    ['沪A-12/3', '沪A-12/3'],
    ['12E4', '12E4'],
    ['a'.repeat(64), 'a'.repeat(64)],
    ['a'.repeat(65), null],
    ['1 2', null],
    ['1\u00002', null],
    ['1E+11', null],
    ['1.23457e+11', null],
  ])('%j is %j', (cell, code) => {
    expect(valueOf(parseCode(cell))).toBe(code);
  });
});

describe('a value on a dial', () => {
  it.each([
    ['0', 6, 2, '0.00'],
    ['00123.4', 6, 2, '123.40'],
    ['123.400', 6, 2, '123.40'],
    ['999999.99', 6, 2, '999999.99'],
    ['1000000', 6, 2, null],
    ['0.001', 6, 2, null],
    ['7', 1, 0, '7'],
    ['7.0', 1, 0, '7'],
    ['7.5', 1, 0, null],
    ['9007199254740993.1', 16, 1, '9007199254740993.1'],
  ])('%s on %i digits and %i decimals is %j', (value, digits, decimals, shown) => {
    expect(valueOf(onDial(value, digits, decimals))).toBe(shown);
  });

  it.each([
    ['40', '40'], ['1.50', '1.5'], ['０．０１', '0.01'], ['0', null], ['0.000', null], ['-1', null], ['1e3', null], ['.5', null], ['1,5', null], ['200/5', null],
  ])('a factor %j is %j', (cell, factor) => {
    expect(valueOf(parsePositive(cell))).toBe(factor);
  }); // prettier-ignore

  it.each([['6', 6], ['０６', 6], ['0', null], ['13', null], ['1.5', null], ['', null]])('a count %j is %j', (cell, count) => {
    expect(valueOf(parseWhole(1, 12)(cell))).toBe(count);
  }); // prettier-ignore
});

describe('a utility', () => {
  it.each([
    ['电', 'electricity'], ['Electricity', 'electricity'], ['水', 'coldWater'], ['冷水', 'coldWater'], ['coldwater', 'coldWater'], ['热水', 'hotWater'],
    ['中水', 'reclaimedWater'], ['燃气', 'gas'], ['气', 'gas'], ['热', 'heat'], ['ＧＡＳ', 'gas'], ['', null], ['油', null],
  ])('%j is %j', (cell, utility) => {
    expect(valueOf(parseUtility(cell))).toBe(utility);
  }); // prettier-ignore
});

describe('a name that there is not', () => {
  it.each([
    ['3-1-1203', 'did you mean "3-1-1202"?'],
    ['3-1-1220', 'did you mean "3-1-1202"?'],
    ['3-1-12', 'did you mean "3-1-1202"?'],
    ['9-9-9999', 'add it'],
    ['b', 'add it'],
  ])('%s: %s', (wrong, hint) => {
    expect(nearNames(['3-1-1202', 'a'], 'add it')(wrong)).toBe(hint);
  });

  it('is looked for among many a few times only', () => {
    const hint = nearNames(['meter-000'], 'otherwise');
    const hints = Array.from({ length: 30 }, (_, n) => hint(`meter-0${n + 10}`));
    expect(hints.filter((said) => said !== 'otherwise')).toHaveLength(20);
  });
});

describe('a unit', () => {
  it.each([
    ['kWh', 'heat', 'kWh'],
    ['gj', 'heat', 'GJ'],
    ['ＧＪ', 'heat', 'GJ'],
    ['m3', 'gas', 'm3'],
    ['GJ', 'electricity', null],
    ['MWh', 'heat', null],
  ] as const)('%s of %s', (cell, utility, unit) => {
    expect(valueOf(parseUnit(cell, utility))).toBe(unit);
  });
});
