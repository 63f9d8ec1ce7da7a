import { expect, it, onTestFinished } from 'vitest';
import { openTestTables, storeFile } from '../testing/fixtures.ts';

const EVENT = { domain: 'lift', type: 'moved', source: 'lift-1', at: 0, data: {} };

function open(...recordedAt: readonly number[]) {
  const tables = openTestTables(storeFile());
  onTestFinished(() => {
    tables.close();
  });
  tables.transaction(() => recordedAt.map((now) => tables.writing.events.append(EVENT, now)));
  return tables;
}

it.each([
  [0, 1],
  [10, 1],
  [15, 2],
  [20, 2],
  [21, 4],
  [30, 4],
  [31, 5],
])('the first event since %i is %i', (at, seq) => {
  expect(open(10, 20, 20, 30).events.firstSince(at)).toBe(seq);
});

it('the first event since any time is the next one where there is none', () => {
  expect(open().events.firstSince(0)).toBe(1);
});

it('the first event is looked for among those that are still there', () => {
  const { events, writing, transaction } = open(10, 20, 30, 40);
  transaction(() => writing.outbox.done([1, 2, 3, 4]));
  transaction(() => writing.events.prune(25, 0));
  expect(events.firstSince(0)).toBe(3);
});

it('a clock that was set back makes it one of those that would do', () => {
  const { events } = open(10, 500, 20, 30);
  expect([2, 3, 4]).toContain(events.firstSince(20));
});
