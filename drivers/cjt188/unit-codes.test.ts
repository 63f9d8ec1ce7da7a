import { describe, expect, it } from 'vitest';
import { codeOfUnit, unitOf } from './unit-codes.ts';

/** CJ/T 188-2004 table 13 and 2018 table 20, code by code. */
// prettier-ignore
const TABLE: Readonly<Record<string, string>> = {
  '01': 'J', '02': 'Wh', '03': 'Wh×10', '04': 'Wh×100', '05': 'kWh', '06': 'kWh×10', '07': 'kWh×100', '08': 'MWh',
  '09': 'MWh×10', '0a': 'MWh×100', '0b': 'kJ', '0c': 'kJ×10', '0d': 'kJ×100', '0e': 'MJ', '0f': 'MJ×10',
  '10': 'MJ×100', '11': 'GJ', '12': 'GJ×10', '13': 'GJ×100', '14': 'W', '15': 'W×10', '16': 'W×100', '17': 'kW',
  '18': 'kW×10', '19': 'kW×100', '1a': 'MW', '1b': 'MW×10', '1c': 'MW×100', '29': 'L', '2a': 'L×10', '2b': 'L×100',
  '2c': 'm3', '2d': 'm3×10', '2e': 'm3×100', '32': 'L/h', '33': 'L/h×10', '34': 'L/h×100', '35': 'm3/h',
  '36': 'm3/h×10', '37': 'm3/h×100', '40': 'J/h', '43': 'kJ/h', '44': 'kJ/h×10', '45': 'kJ/h×100', '46': 'MJ/h',
  '47': 'MJ/h×10', '48': 'MJ/h×100', '49': 'GJ/h', '4a': 'GJ/h×10', '4b': 'GJ/h×100',
};

describe('unitOf', () => {
  it('knows the codes of the tables, and no other', () => {
    const known = Array.from({ length: 256 }, (_, code) => {
      const found = unitOf(code);
      const factor = found === null || found.exponent === 0 ? '' : `×${10 ** found.exponent}`;
      return found === null ? [] : [[code.toString(16).padStart(2, '0'), found.unit + factor]];
    });
    expect(Object.fromEntries(known.flat() as [string, string][])).toEqual(TABLE);
  });

  it.each([
    [0x0a, 'energy'],
    [0x16, 'power'],
    [0x2e, 'volume'],
    [0x34, 'flow'],
    [0x4b, 'power'],
  ])('knows what %i measures', (code, quantity) => {
    expect(unitOf(code)?.quantity).toBe(quantity);
  });
});

describe('codeOfUnit', () => {
  it('has the code that counts in ones', () => {
    expect(codeOfUnit('m3')).toBe(0x2c);
    expect(codeOfUnit('gallon')).toBeNull();
  });
});
