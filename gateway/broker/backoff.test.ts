import { expect, it } from 'vitest';
import { reconnectDelay } from './backoff.ts';

it('doubles from half a second to half a minute, scattered over half of the step', () => {
  expect([0, 1, 2, 6, 7, 1_000].map((attempt) => reconnectDelay(attempt, 0))).toEqual([
    250, 500, 1_000, 15_000, 15_000, 15_000,
  ]);
  expect(reconnectDelay(0, 0.999_999)).toBeCloseTo(500);
  expect(reconnectDelay(1_000, 0.999_999)).toBeCloseTo(30_000, 0);
});
