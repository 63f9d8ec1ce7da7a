import { expect, it } from 'vitest';
import { shiftsIn } from './shifts.ts';

const THREE = ['07:00', '15:00', '23:00'];
const shown = (from: string, to: string, starts: readonly string[], zone: string) =>
  shiftsIn({ from: Date.parse(from), to: Date.parse(to) }, starts, zone).map((shift) => [
    shift.shift,
    new Date(shift.from).toISOString().slice(11, 16),
    (shift.to - shift.from) / 3_600_000,
  ]);

it('are cut to the stretch, and the first one may have begun the day before', () => {
  expect(shown('2026-11-22T06:00:00+08:00', '2026-11-22T16:00:00+08:00', THREE, 'Asia/Shanghai')).toEqual([
    ['2026-11-21T23:00', '22:00', 1],
    ['2026-11-22T07:00', '23:00', 8],
    ['2026-11-22T15:00', '07:00', 1],
  ]);
});

it('go by the clock on the wall: the night in which it is set back is an hour longer', () => {
  expect(shown('2026-10-24T15:00:00+02:00', '2026-10-25T15:00:00+01:00', THREE, 'Europe/Berlin')).toEqual([
    ['2026-10-24T15:00', '13:00', 8],
    ['2026-10-24T23:00', '21:00', 9],
    ['2026-10-25T07:00', '06:00', 8],
  ]);
});

it('are whole days where there is one, in whatever order they are written otherwise', () => {
  const day = ['2026-11-22T00:00:00+08:00', '2026-11-23T00:00:00+08:00'] as const;
  expect(shown(...day, ['00:00'], 'Asia/Shanghai')).toEqual([['2026-11-22T00:00', '16:00', 24]]);
  expect(shown(...day, ['20:00', '08:00'], 'Asia/Shanghai').map(([shift, , hours]) => [shift, hours])).toEqual([
    ['2026-11-21T20:00', 8],
    ['2026-11-22T08:00', 12],
    ['2026-11-22T20:00', 4],
  ]);
});
