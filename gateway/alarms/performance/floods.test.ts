import { expect, it } from 'vitest';
import { countIn, floodsOf, overlapOf } from './floods.ts';

const began = (at: number) => ({ type: 'began', at });
const ended = (at: number) => ({ type: 'ended', at });

it('pairs beginnings and ends; the last flood may still be on', () => {
  expect(floodsOf([began(10), ended(20), began(30)])).toEqual([
    { from: 10, to: 20 },
    { from: 30, to: Infinity },
  ]);
});

it('leaves out an end whose beginning is no longer kept', () => {
  expect(floodsOf([ended(5), began(10), ended(20)])).toEqual([{ from: 10, to: 20 }]);
});

it('counts of a flood what lies in the stretch', () => {
  const floods = floodsOf([began(0), ended(15), began(20), ended(30), began(95)]);
  expect(overlapOf(floods, { from: 10, to: 100 })).toBe(5 + 10 + 5);
  expect(overlapOf(floods, { from: 40, to: 50 })).toBe(0);
});

it('has in it what came when it began, and not what came when it was over', () => {
  const floods = floodsOf([began(10), ended(20), began(30)]);
  expect(countIn(floods, [9, 10, 10, 19, 20, 29, 30, 99])).toBe(5);
});

it('counts once what came in two floods, as a clock that was set back makes them', () => {
  const floods = floodsOf([began(30), ended(50), began(10), ended(40)]);
  expect(countIn(floods, [5, 15, 35, 45, 55])).toBe(3);
});
