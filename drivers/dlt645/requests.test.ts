import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { DriverError } from '../errors.ts';
import { sealFrame } from './frame.ts';
import {
  buildFreeze,
  buildRead,
  buildReadAddress,
  buildReadMore,
  buildRelay,
  buildSetTime,
  type Credentials,
} from './requests.ts';
import { vectors1997, vectors2007, fromHex, vectorBytes } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const readRequests = [...vectors2007, ...vectors1997].filter(({ decoded }) =>
  ['11', '01'].includes(String(decoded['control'])),
);
const who: Credentials = { level: '02', password: '123456', operator: '00000002' };
const LEAP_DAY = { year: 2024, month: 2, day: 29, hour: 23, minute: 59, second: 58 };
const SPRING = { year: 2026, month: 3, day: 1, hour: 8, minute: 15, second: 30 };

describe('buildRead', () => {
  it.each(readRequests)('makes $id', ({ hex: expected, decoded }) => {
    const meter = {
      address: String(decoded['address']),
      version: decoded['version'] === '1997' ? '1997' : '2007',
    } as const;
    const sealed = sealFrame(buildRead(meter, String(decoded['di'])), Number(decoded['preambleFE']));
    expect(hex(sealed)).toBe(expected);
  });

  it('has requests to judge by', () => {
    expect(readRequests.length).toBe(26);
  });

  it.each([
    ['9010', '2007'],
    ['00010000', '1997'],
    ['0001000', '2007'],
    ['0001000x', '2007'],
    ['', '1997'],
  ] as const)('refuses %j as an identifier of %s', (di, version) => {
    expect(() => buildRead({ address: '000000000161', version }, di)).toThrow(DriverError);
  });
});

describe('the other requests', () => {
  it('are what has been published', () => {
    const meter = { address: '563412004321', version: '2007' } as const;
    const published = {
      'P-dlt645-2007-074': sealFrame(buildReadMore(meter, '03300001', 2), 0),
      'P-dlt645-2007-072': sealFrame(buildReadAddress()),
      'P-dlt645-2007-067': sealFrame(buildSetTime(LEAP_DAY), 0),
      'P-dlt645-2007-068': sealFrame(buildSetTime(LEAP_DAY, meter.address), 0),
      'P-dlt645-2007-063': sealFrame(buildRelay(meter.address, 'closePermit', who, SPRING), 0),
      'P-dlt645-2007-061': sealFrame(
        buildRelay(
          '111111111111',
          'trip',
          { level: '00', password: '000000', operator: '00000000' },
          { year: 2018, month: 5, day: 12, hour: 15, minute: 41, second: 24 },
        ),
        0,
      ),
    };
    for (const [id, sealed] of Object.entries(published)) expect([id, hex(sealed)]).toEqual([id, hex(vectorBytes(id))]);
  });

  it.each([
    [{ each: 'now' } as const, '99999999'],
    [{ each: 'hour', minute: 30 } as const, '30999999'],
    [{ each: 'day', hour: 0, minute: 5 } as const, '05009999'],
    [{ each: 'month', day: 28, hour: 23, minute: 59 } as const, '59232899'],
  ])('freeze at %j', (moment, data) => {
    expect(sealFrame(buildFreeze('000000000161', moment), 0)).toEqual(wireFrame('000000000161', 0x16, data));
  });

  it('ask a meter of 1997 for more without a number', () => {
    expect(buildReadMore({ address: '000000000161', version: '1997' }, '901F', 1)).toMatchObject({
      control: 0x02,
      data: fromHex('1f90'),
    });
  });

  it.each([
    ['the freeze of a minute that no hour has', () => buildFreeze('000000000161', { each: 'hour', minute: 60 })],
    ['the freeze of a minute before the hour', () => buildFreeze('000000000161', { each: 'hour', minute: -1 })],
    ['the freeze of day 0', () => buildFreeze('000000000161', { each: 'month', day: 0, hour: 0, minute: 0 })],
    [
      'the freeze of a day that some months lack',
      () => buildFreeze('000000000161', { each: 'month', day: 29, hour: 0, minute: 0 }),
    ],
    ['a follow-on frame 0', () => buildReadMore({ address: '000000000161', version: '2007' }, '00010000', 0)],
    ['a follow-on frame 256', () => buildReadMore({ address: '000000000161', version: '2007' }, '00010000', 256)],
    ['the 29th of February of 2023', () => buildSetTime({ ...LEAP_DAY, year: 2023 })],
    ['the year 1999', () => buildSetTime({ ...LEAP_DAY, year: 1999, day: 1 })],
    ['a 25th hour', () => buildSetTime({ ...LEAP_DAY, hour: 24 })],
    ['half a second', () => buildSetTime({ ...LEAP_DAY, second: 1.5 })],
    ['a time that is none', () => buildSetTime({ ...LEAP_DAY, minute: Number.NaN })],
    ['a relay command to all', () => buildRelay('999999999999', 'trip', who, SPRING)],
    ['a relay command to any', () => buildRelay('AAAAAAAAAAAA', 'trip', who, SPRING)],
    ['a relay command to a part of an address', () => buildRelay('aaaaaaaa0161', 'trip', who, SPRING)],
    ['a short password', () => buildRelay('000000000161', 'trip', { ...who, password: '1234' }, SPRING)],
    ['a password of letters', () => buildRelay('000000000161', 'trip', { ...who, password: 'secret' }, SPRING)],
    ['a level of one digit', () => buildRelay('000000000161', 'trip', { ...who, level: '2' }, SPRING)],
    ['no operator', () => buildRelay('000000000161', 'trip', { ...who, operator: '' }, SPRING)],
  ])('are refused with %s', (_, build) => {
    expect(build).toThrow(DriverError);
  });

  it('never tell the password in an error', () => {
    expect(() => buildRelay('000000000161', 'trip', { ...who, password: '98765x' }, SPRING)).toThrow(/^(?!.*98765)/);
  });
});
