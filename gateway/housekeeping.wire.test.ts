/** What housekeeping takes out of a real store, by clocks that are right and that have leapt. */
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startHousekeeping } from './housekeeping.ts';
import { NOW, openTestStore, reading, storeFile } from './store/testing/fixtures.ts';

const DAY = 86_400_000;
const SETTINGS = { readingsDays: 90, eventsDays: 400, meterReadingsDays: 100, zoneMs: 0 };

/** The ages in days of the readings that are left, of such as were `ages` old before a start at `now`. */
async function left(ages: readonly number[], now: number): Promise<number[]> {
  const store = await openTestStore(storeFile());
  onTestFinished(() => store.close());
  const observe = (at: number) => store.write('observe', [{ device: 'd', readings: [reading('p', 1, at)] }], at);
  for (const age of ages) await observe(NOW - age * DAY);
  const write = vi.spyOn(store, 'write');
  const clock = { now: () => now, monotonic: () => performance.now() };
  const settings = () => SETTINGS;
  const housekeeping = startHousekeeping({ store, clock, settings, log: pino({ level: 'silent' }), firstAfterMs: 0 });
  onTestFinished(housekeeping.stop);
  // What is seen from now on has the time of the clock.
  await observe(now);
  await vi.waitFor(() => expect(write.mock.calls.map(([job]) => job)).toContain('pruneEvents'));
  await write.mock.results.at(-1)?.value;
  return store.history
    .list({ device: 'd', point: 'p', from: 0, to: NOW, limit: 99 })
    .map(({ at }) => (NOW - at) / DAY)
    .filter((age) => age > 0);
}

it('takes away what is too old', async () => {
  expect(await left([100, 80, 1], NOW)).toEqual([80, 1]);
});

it('takes nothing away because the clock has leapt ten years', async () => {
  expect(await left([80, 1], NOW + 3_650 * DAY)).toEqual([80, 1]);
});
