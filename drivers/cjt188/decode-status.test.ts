import { describe, expect, it } from 'vitest';
import { decodeStatus } from './decode-status.ts';
import { fromHex } from './testing/vectors.ts';

describe('decodeStatus', () => {
  it.each([
    ['0000', 'open', false],
    ['01ff', 'closed', false],
    ['1301', 'fault', false],
    ['0400', 'open', true],
    ['0500', 'closed', true],
    ['2184', 'closed', false],
    ['f800', 'open', false],
    ['05', 'closed', true],
  ])('reads %s by the standard', (st, valve, batteryLow) => {
    expect(decodeStatus(fromHex(st), 'low-first')).toEqual({ st, valve, batteryLow });
  });

  it.each([
    ['0000', 'open', false],
    ['4000', 'closed', false],
    ['c000', 'fault', false],
    ['2000', 'open', true],
    ['0700', 'open', false],
  ])('reads %s of firmware with the other bit order', (st, valve, batteryLow) => {
    expect(decodeStatus(fromHex(st), 'high-first')).toEqual({ st, valve, batteryLow });
  });

  it('gives no meaning to valve bits that have none', () => {
    expect(decodeStatus(fromHex('0600'), 'low-first')).toEqual({
      st: '0600',
      valve: null,
      batteryLow: true,
      reason: 'valve bits 10 have no meaning',
    });
  });

  it('takes FF for what is not supported, and nothing for nothing', () => {
    expect(decodeStatus(fromHex('ffff'), 'low-first')).toMatchObject({ valve: null, batteryLow: null });
    expect(decodeStatus(fromHex(''), 'low-first')).toMatchObject({ valve: null, batteryLow: null });
  });
});
