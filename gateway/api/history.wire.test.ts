import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

const ROWS = 100_000;

let gateway: TestGateway;
/** What the store asks the database. */
let statements: string[];
beforeAll(async () => {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  gateway = await createGateway();
  statements = prepare.mock.calls.map(([sql]) => sql);
  prepare.mockRestore();
  const usual = { point: 'frequency', unit: 'Hz', quality: 'good', reason: null, archive: true } as const;
  const readings = Array.from({ length: ROWS }, (_, n) => ({
    ...usual,
    value: n,
    at: START - (ROWS - 1 - n) * 1_000,
  }));
  await gateway.store.write('observe', [{ device: 'pump', readings }], START);
});
afterAll(() => gateway.close());

interface History {
  readonly items: readonly { readonly at: string; readonly value: number }[];
  readonly next: string | null;
}

async function history(query: string, point = 'pump/frequency'): Promise<History> {
  const answer = await gateway.app.inject(`/api/v1/points/${point}/history${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json();
}
const values = ({ items }: History) => items.map(({ value }) => value);

it('finds a range by the primary key, not by looking at every row', () => {
  const sql = statements.find((statement) => /^SELECT .* FROM readings/.test(statement));
  const db = new Database(gateway.file, { readonly: true });
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql ?? ''}`).all(1, 0, START, 10) as { detail: string }[];
  db.close();
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH readings USING PRIMARY KEY (point_id=? AND at>? AND at<?)',
  ]);
});

it('gives the newest rows of the last day, oldest first, and says where more are', async () => {
  const page = await history('?limit=3');
  expect(values(page)).toEqual([99_997, 99_998, 99_999]);
  expect(page.items[2]?.at).toBe('2026-01-01T00:00:00.000Z');
  const before = await history(`?limit=3&to=${page.next ?? ''}`);
  expect(values(before)).toEqual([99_994, 99_995, 99_996]);
});

it('reads every row once, page by page, within the bounds and no further', async () => {
  const seen: number[] = [];
  let to = new Date(START).toISOString();
  for (let more = true; more;) {
    const page = await history(`?limit=10000&from=0&to=${to}`);
    seen.unshift(...values(page));
    more = page.next !== null;
    to = page.next ?? to;
  }
  expect(seen).toEqual(Array.from({ length: ROWS }, (_, n) => n));
});

it.each([
  ['2026-01-01T08:00:00%2B08:00', 'an offset'],
  ['2026-01-01T08:00:00+08:00', 'an offset whose plus was not escaped'],
  ['2026-01-01T00:00:00Z', 'UTC'],
  [String(START), 'Unix milliseconds'],
])('takes %s: %s', async (to) => {
  expect(values(await history(`?limit=1&to=${to}`))).toEqual([99_999]);
});

it.each([
  ['?from=yesterday', '"from" is wrong: a time is ISO 8601 with its offset'],
  ['?from=2026-01-01T00:00:00', '"from" is wrong: a time is ISO 8601 with its offset'],
  ['?from=2000&to=1000', '"from" must not be after "to"'],
])('refuses %s', async (query, message) => {
  const answer = await gateway.app.inject(`/api/v1/points/pump/frequency/history${query}`);
  expect(answer.statusCode).toBe(400);
  expect(answer.json<{ error: { message: string } }>().error.message).toContain(message);
});

it('keeps the history of what has left the configuration', async () => {
  await gateway.reading('old-meter', 'energy', 5, START);
  await gateway.store.write('forget', { points: [{ device: 'old-meter', point: 'energy' }], devices: [] });
  expect(values(await history('', 'old-meter/energy'))).toEqual([5]);
});

it('is empty, and not unknown, for a point that was never read', async () => {
  expect(await history('', 'pump/mode')).toMatchObject({ items: [], next: null });
});
