/** A press that is held back outlives the process, on a real recorder and a real file. */
import { expect, it } from 'vitest';
import { storeFile } from '../store/testing/fixtures.ts';
import { MOVES, STANDS_OPEN } from './testing/lift-car.ts';
import { startRecorded } from './testing/recorded-engine.ts';
import { CAR_ALARM, filteredCarAlarm, reading } from './testing/site.ts';

async function start(file: string) {
  const recorded = await startRecorded(file, [filteredCarAlarm]);
  const { engine, flush } = recorded;
  const device = 'lift-io-3';
  return {
    ...recorded,
    poll: (car: typeof MOVES) => {
      const seen = [reading('level2', false), reading('level4', car.doorOpen), reading('level5', car.running)];
      engine.observe({ device, seen, observation: { device } });
      return flush();
    },
    press: () => {
      const pulses = [{ point: 'counter2', count: 1, afterOutage: false }];
      engine.observe({ device, seen: [reading('counter2', 1)], pulses, observation: { device } });
      return flush();
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

it('a drill that was begun meanwhile is no answer to it: what is announced then is real', async () => {
  const file = storeFile();
  const first = await start(file);
  await first.poll(MOVES);
  await first.press();
  first.engine.decide({ verb: 'drill', alarm: CAR_ALARM, by: 'li', note: null, forMs: 600_000 });
  await first.flush();
  expect(first.store.alarms.get(CAR_ALARM)).toMatchObject({ letter: 'B', drill: true });
  await first.stop();

  const second = await start(file);
  await second.flush();
  expect(second.store.alarms.get(CAR_ALARM)).toMatchObject({ letter: 'E', drill: false });
});
