import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantNear, instantOf, isLocalTime, localOf } from './zone.ts';

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC'];

describe('instantOf', () => {
  it.each([
    ['an ordinary time', '2026-11-01T00:00:00', 'Asia/Shanghai', '2026-10-31T16:00:00.000Z'],
    ['summer', '2026-07-01T00:00:00', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
    ['winter', '2026-12-01T00:00:00', 'Europe/Berlin', '2026-11-30T23:00:00.000Z'],
    ['an hour that is left out', '2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['the first of two', '2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['a midnight that is left out', '2026-04-24T00:00:00', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    ['a day that is left out', '2011-12-30T00:00:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['half an hour of summer', '2026-04-05T01:45:00', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
  ])('finds %s', (_, local, zone, expected) => {
    expect(new Date(instantOf(local, zone)).toISOString()).toBe(expected);
  });

  it.each(['2026-02-30T00:00:00', '2026-11-01', '2026-11-01T24:00:00', '', 'now'])('refuses "%s"', (text) => {
    expect(isLocalTime(text)).toBe(false);
    expect(() => instantOf(text, 'UTC')).toThrow(RangeError);
  });

  it('refuses a zone that is none', () => {
    expect(() => instantOf('2026-11-01T00:00:00', 'Asia/Peking')).toThrow(RangeError);
  });

  it('is undone by localOf, but for the hour that comes twice', () => {
    const seconds = fc.integer({ min: 0, max: 4_102_444_800 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...ZONES), (second, zone) => {
        const local = localOf(second * 1000, zone);
        expect(localOf(instantOf(local, zone), zone)).toBe(local);
        expect(instantNear(local, zone, second * 1000)).toBe(second * 1000);
      }),
    );
  });
});

describe('instantNear', () => {
  it.each(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'])('takes the one of two that is %s', (near) => {
    expect(instantNear('2026-10-25T02:30:00', 'Europe/Berlin', Date.parse(near))).toBe(Date.parse(near));
  });
});
