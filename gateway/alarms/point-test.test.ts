import { expect, it } from 'vitest';
import type { Quality, Value } from '../../drivers/contract.ts';
import { holds } from './point-test.ts';
import type { PointTest } from './types.ts';

const above: PointTest = { point: 'pressure', kind: 'above', limit: 0.5, hysteresis: 0.1 };
const below: PointTest = { point: 'pressure', kind: 'below', limit: 0.5, hysteresis: 0.1 };
const bands = [
  [1, 2],
  [4, 5],
] as const;
const within: PointTest = { point: 'line', kind: 'within', bands };
const outside: PointTest = { point: 'line', kind: 'outside', bands };
const oneOf: PointTest = { point: 'status', kind: 'in', values: [4, 'x', true] };
const at = (value: Value, quality: Quality = 'good') => ({ point: 'p', value, quality, at: 0 });

it.each([
  [above, false, 0.5, false],
  [above, false, 0.51, true],
  [above, true, 0.45, true],
  [above, false, 0.45, false],
  [above, true, 0.39, false],
  [below, false, 0.5, false],
  [below, false, 0.49, true],
  [below, true, 0.55, true],
  [below, false, 0.55, false],
  [below, true, 0.61, false],
  [within, false, 2, true],
  [within, true, 3, false],
  [within, false, '4.5', true],
  [outside, false, 2, false],
  [outside, false, 2.01, true],
  [outside, true, 4, false],
  [{ ...above, hysteresis: 0 }, true, 0.5, false],
  [above, false, '9007199254740993', true],
  [oneOf, false, 4, true],
  [oneOf, false, 3, false],
  [oneOf, false, true, true],
] as const)('%o, before %s, at %s: %s', (test, before, value, expected) => {
  expect(holds(test, before, at(value))).toBe(expected);
});

it('says nothing of a bad, missing or meaningless value', () => {
  expect(holds(below, true, at(0, 'bad'))).toBeNull();
  expect(holds(below, true, at(null))).toBeNull();
  expect(holds(oneOf, true, at(null))).toBeNull();
  expect(holds(below, true, at('n/a'))).toBeNull();
  expect(holds(below, true, at(false))).toBeNull();
});

it('lets an uncertain value raise, never clear', () => {
  expect(holds(above, false, at(99, 'uncertain'))).toBe(true);
  expect(holds(above, true, at(-99, 'uncertain'))).toBeNull();
});
