/** How long the gateway did not run, from what a store knows of when it did. */
import { expect, it } from 'vitest';
import { NOW, openTestStore, storeFile } from './store/testing/fixtures.ts';
import { watchOutages } from './outages.ts';

async function runOn(file: string, from: number, to: number, trouble: string | null = null) {
  const store = await openTestStore(file);
  let now = from;
  const watch = watchOutages({ store, clock: { now: () => now, monotonic: () => now }, trouble: () => trouble });
  now = to;
  await watch.stop();
  const outages = store.outages.list(0, Number.MAX_SAFE_INTEGER, 10);
  await store.close();
  return outages;
}

it('is known at the next start, and a restart is none', async () => {
  const file = storeFile();
  expect(await runOn(file, NOW, NOW + 500_000)).toEqual([]);
  expect(await runOn(file, NOW + 502_000, NOW + 600_000)).toEqual([]);
  const outage = { from: NOW + 600_000, to: NOW + 900_000 };
  expect(await runOn(file, NOW + 900_000, NOW + 901_000)).toEqual([outage]);
});

it('is not noted while the store has no room: that belongs to alarms', async () => {
  const file = storeFile();
  expect(await runOn(file, NOW, NOW + 500_000, 'the store is full')).toEqual([]);
  const outage = { from: NOW, to: NOW + 600_000 };
  expect(await runOn(file, NOW + 600_000, NOW + 601_000)).toEqual([outage]);
});

it('is none where the clock was set back', async () => {
  const file = storeFile();
  await runOn(file, NOW, NOW + 500_000);
  expect(await runOn(file, NOW - 900_000, NOW)).toEqual([]);
});
