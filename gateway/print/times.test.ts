import { expect, it } from 'vitest';
import { span, wallTime, wallTimeMs } from './times.ts';

const AT = Date.parse('2026-11-22T13:30:37.042Z');

it('says times on the wall clock of the site', () => {
  expect(wallTime(AT, 'Asia/Shanghai')).toBe('2026-11-22 21:30:37');
  expect(wallTimeMs(AT, 'Asia/Shanghai')).toBe('2026-11-22 21:30:37.042');
  expect(wallTimeMs(-1, 'UTC')).toBe('1969-12-31 23:59:59.999');
  expect([wallTime(null, 'UTC'), wallTimeMs(null, 'UTC')]).toEqual(['', '']);
});

it.each([
  [null, ''],
  [-5, '0 s'],
  [42_900, '42 s'],
  [727_000, '12 min 07 s'],
  [11_100_000, '3 h 05 min'],
  [360_000_000, '100 h 00 min'],
])('says how long %s ms are', (ms, words) => {
  expect(span(ms)).toBe(words);
});
