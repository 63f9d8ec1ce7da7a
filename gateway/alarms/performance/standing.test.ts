import { expect, it } from 'vitest';
import { rowWith } from '../testing/rows.ts';
import { isStale, isStanding } from './standing.ts';

const DAY_MS = 86_400_000;
const RAISED = 1_000;

it('stands while it is active and shown, acknowledged or not', () => {
  expect(isStanding(rowWith({ active: true, acked: false }))).toBe(true);
  expect(isStanding(rowWith({ active: true }))).toBe(true);
  expect(isStanding(rowWith({ latched: true, acked: false }))).toBe(false);
  expect(isStanding(rowWith({ active: true, shelved: true }))).toBe(false);
  expect(isStanding({ ...rowWith({ active: true }), drill: true })).toBe(false);
});

it('is stale after more than a day', () => {
  const row = rowWith({ active: true });
  expect(isStale(row, RAISED + DAY_MS)).toBe(false);
  expect(isStale(row, RAISED + DAY_MS + 1)).toBe(true);
  expect(isStale({ ...row, active: false }, RAISED + 2 * DAY_MS)).toBe(false);
});
