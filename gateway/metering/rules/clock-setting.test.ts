import { describe, expect, it } from 'vitest';
import { mayBeSet, whoseClock, type ClockReach } from './clock-setting.ts';
import { at } from './testing/on-paper.ts';

const CUT = { day: 1, time: '08:00', zone: 'Asia/Shanghai' };
const may = (reach: ClockReach, offS: number | null, now: string, setAt: string | null = null) =>
  mayBeSet(reach, offS, setAt === null ? null : at(setAt), at(now), CUT);

describe('a broadcast', () => {
  it.each([
    [300, '11-15 12:00'],
    [-300, '11-15 12:00'],
    [61, '11-15 00:11'],
    [61, '11-15 23:49'],
    [61, '11-15 08:11'],
  ])('sets a clock that is %i s off, at %s', (offS, now) => {
    expect(may('line', offS, now)).toBe('now');
  });

  it.each([
    ['around midnight', 61, '11-15 00:09', null],
    ['just before midnight', 61, '11-15 23:51', null],
    ['around the cut', 61, '11-15 07:51', null],
    ['a second time in a day', 61, '11-15 12:00', '11-15 00:20'],
  ])('waits %s', (_, offS, now, setAt) => {
    expect(may('line', offS, now, setAt)).toBe('later');
  });

  it('is sent again on the next day', () => {
    expect(may('line', 61, '11-15 12:00', '11-14 23:00')).toBe('now');
  });

  it.each([[301], [-3600], [null]])('does nothing for a clock that is %s s off', (offS) => {
    expect(may('line', offS, '11-15 12:00')).toBe('never');
  });
});

describe('a clock that is set by itself', () => {
  it('may be hours off, while neither time is near a freeze', () => {
    expect(may('device', 3600, '11-15 12:00')).toBe('now');
    expect(may('device', -3600, '11-15 23:30')).toBe('later');
    expect(may('device', 3600, '11-15 00:30')).toBe('later');
    expect(may('device', -3600, '11-15 08:30')).toBe('later');
  });

  it.each([[13 * 3600], [null]])('is for a person where it is %s s off', (offS) => {
    expect(may('device', offS, '11-15 12:00')).toBe('never');
  });
});

describe('whose clock it is', () => {
  it.each([
    ['theirs', 'one of many is off', [0, 0, 0, 0, 300], 5],
    ['theirs', 'each is off by something else', [120, -400, 900, 4000, -90], 5],
    ['theirs', 'half of them are off by the same', [3600, 3600, 3600, 0, 0, 0], 6],
    ['ours', 'most are off by the same', [290, 300, 310, 0, 0], 5],
    ['ours', 'all are, and some more than that', [-3600, -3600, -3590, -3610, 90_000], 5],
    ['unknown', 'too few have been read', [300, 300], 5],
    ['theirs', 'there are too few to say', [300, 300, 300, 300], 4],
  ] as const)('%s, where %s', (whose, _, offsets, clocks) => {
    expect(whoseClock(offsets, clocks)).toBe(whose);
  });
});
