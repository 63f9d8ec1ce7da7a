import { describe, expect, it } from 'vitest';
import { readDate } from './date-time.ts';
import { fromHex } from './testing/vectors.ts';

const read = (hex: string): string => {
  const date = readDate(fromHex(hex));
  return date.ok ? date.text : date.reason;
};

/** EN 13757-3:2018, Annex A. */
describe('readDate', () => {
  it.each([
    ['type G', '1f0c', '2000-12-31'],
    ['type G', 'ff2c', '2023-12-31'],
    ['type G of old meters', '21c1', '1997-01-01'],
    ['type F', '2b0d9811', '2012-01-24T13:43'],
    ['type F with its century', '2b2d9811', '2012-01-24T13:43'],
    ['type F of the next century', '2b4d9811', '2112-01-24T13:43'],
    ['type F of the last century (libmbus issue 218)', '100905c5', '1996-05-05T09:16'],
    ['type F of 2080', '000001a1', '2080-01-01T00:00'],
    ['type I', '000008162700', '2016-07-22T08:00:00'],
    ['type J', '05 0a 17', '23:10:05'],
  ])('reads %s, %s', (_, hex, text) => {
    expect(read(hex)).toBe(text);
  });

  it.each([
    ['0000', 'no one date or time: month 0, day 0'],
    ['ffff', 'the meter says that its date or time is not valid'],
    ['1fff', 'no one date or time: year 120, month 15'],
    ['00000000', 'no one date or time: month 0, day 0'],
    ['80000000', 'the meter says that its date or time is not valid'],
    ['3f1fe0ff', 'no one date or time: year 127, month 15, day 0, hour 31, minute 63'],
    ['008008162700', 'the meter says that its date or time is not valid'],
    ['ffffff', 'the meter says that its date or time is not valid'],
    ['fe22', '2023-02-30 is no day of the calendar'],
    ['01', '1 byte is no date or time'],
    ['0000000000000000', '8 bytes are no date or time'],
  ])('does not read %s: %s', (hex, reason) => {
    expect(read(hex)).toBe(reason);
  });
});
