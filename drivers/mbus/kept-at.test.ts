import { expect, it } from 'vitest';
import { keptAt } from './kept-at.ts';

it.each([
  ['2015-01-01T00:00', undefined, '2015-01-01T00:00:00'],
  ['2016-07-22T08:00:07', 'ends', '2016-07-22T08:00:07'],
  ['2014-03-01', undefined, '2014-03-01T00:00:00'],
  ['2012-02-29', undefined, '2012-03-01T00:00:00'],
  ['2007-12-31', undefined, '2008-01-01T00:00:00'],
  ['2013-09-28', 'begins', '2013-09-28T00:00:00'],
  ['2013-09-28', 'ends', '2013-09-29T00:00:00'],
  ['2014-03-01', 'ends', '2014-03-02T00:00:00'],
  ['2007-12-31', 'begins', '2007-12-31T00:00:00'],
] as const)('a value of %s (%s) was kept at %s', (text, side, meterTime) => {
  expect(keptAt(text, side)).toEqual({ ok: true, meterTime });
});

it.each([
  ['2013-09-28', 'kept on 2013-09-28: the profile does not say whether that day begins or ends with it'],
  ['2012-02-28', 'kept on 2012-02-28: the profile does not say whether that day begins or ends with it'],
  ['10:41:05', '10:41:05 is no day'],
])('of %s nobody knows the moment', (text, reason) => {
  expect(keptAt(text, undefined)).toEqual({ ok: false, reason });
});
