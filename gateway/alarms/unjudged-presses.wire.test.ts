/** A press that is held back outlives the process, on a real recorder and a real file. */
import { afterEach, expect, it } from 'vitest';
import { Recorder } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import { openTestStore, storeFile } from '../store/testing/fixtures.ts';
import { createAlarmEngine } from './engine.ts';
import { MOVES, STANDS_OPEN } from './testing/lift-car.ts';
import { CAR_ALARM, filteredCarAlarm, reading } from './testing/site.ts';
import { unjudgedPresses } from './unjudged-presses.ts';

const opened = new Set<Store>();
afterEach(async () => {
  for (const store of opened) await store.close();
  opened.clear();
});

async function start(file: string) {
  const store = await openTestStore(file);
  opened.add(store);
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const recorder = new Recorder({ store, clock, onCommitted: () => undefined, onTrouble: () => undefined });
  const unjudged = unjudgedPresses(store.events);
  const engine = createAlarmEngine({
    ...{ clock, definitions: [filteredCarAlarm], rows: store.alarms.list('all'), unjudged },
    record: recorder.record.bind(recorder),
  });
  const device = 'lift-io-3';
  return {
    ...{ store, unjudged },
    poll: (car: typeof MOVES) => {
      const seen = [reading('level2', false), reading('level4', car.doorOpen), reading('level5', car.running)];
      engine.observe({ device, seen, observation: { device } });
      return recorder.flush();
    },
    press: () => {
      const pulses = [{ point: 'counter2', count: 1, afterOutage: false }];
      engine.observe({ device, seen: [reading('counter2', 1)], pulses, observation: { device } });
      return recorder.flush();
    },
    flush: () => recorder.flush(),
    stop: async () => {
      await store.close();
      opened.delete(store);
    },
  };
}

it('a press that was held back when the gateway stopped is announced when it starts again, and once', async () => {
  const file = storeFile();
  const first = await start(file);
  await first.poll(MOVES);
  await first.press();
  expect(first.store.alarms.get(CAR_ALARM)).toBeUndefined();
  await first.stop();

  const second = await start(file);
  await second.flush();
  expect(second.unjudged).toEqual([CAR_ALARM]);
  expect(second.store.alarms.get(CAR_ALARM)).toMatchObject({ letter: 'E', detectedAfterOutage: true });
  await second.stop();

  expect((await start(file)).unjudged).toEqual([]);
});

it('a press that was left out before the gateway stopped stays so', async () => {
  const file = storeFile();
  const first = await start(file);
  await first.poll(MOVES);
  await first.press();
  await first.poll(STANDS_OPEN);
  await first.stop();
  expect((await start(file)).unjudged).toEqual([]);
});
