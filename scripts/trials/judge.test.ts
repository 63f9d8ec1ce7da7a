import { describe, expect, it } from 'vitest';
import { judgeBoundary, judgeConsumption } from './judge.ts';

const AROUND = { exact: '123.40', least: '123.38', most: '123.45' };
const at = '2026-12-01T00:00:00';
const line = (consumption: string) => {
  const boundary = { at, value: '123.40', source: '冻结' };
  return { meter: 'e-1', obis: '1-0:1.8.0', opening: boundary, closing: boundary, consumption, reasons: '' };
};

describe('a value of a bill', () => {
  it.each([
    ['123.40', null, 'equal'],
    ['123.4', null, 'near'],
    ['123.45', 'noisy', 'near'],
    ['123.46', null, 'unexplained'],
    ['123.46', 'dead', 'unexplained'],
    ['', null, 'unexplained'],
    ['', 'noisy', 'unexplained'],
    ['', 'dead', 'explained'],
  ])('of %j, with %s wrong with the meter, is %s', (value, trouble, kind) => {
    const around = value === '' ? null : AROUND;
    expect(judgeBoundary({ at, value, source: '冻结' }, trouble, around).kind).toBe(kind);
  });
});

describe('what is billed', () => {
  it.each([
    ['12.30', null, 12.31, 'equal'],
    ['12.30', null, 12.4, 'unexplained'],
    ['0.00', 'stuck', 12.4, 'explained'],
    ['', 'jumps-back', 12.4, 'explained'],
    ['', 'dead', null, 'explained'],
    ['', null, 12.4, 'unexplained'],
  ])('%j, with %s wrong and %s used, is %s', (consumption, trouble, used, kind) => {
    expect(judgeConsumption(line(consumption), trouble, used, 0.02).kind).toBe(kind);
  });
});
