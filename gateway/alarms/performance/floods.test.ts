import { expect, it } from 'vitest';
import { floodsOf, overlapOf } from './floods.ts';

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
