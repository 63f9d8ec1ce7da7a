/** The engine on a real recorder and a real file: revisions are the feed's, and a restart goes on where it stopped. */
import { expect, it } from 'vitest';
import type { Store } from '../store/store.ts';
import { storeFile } from '../store/testing/fixtures.ts';
import { createDecide } from './decide.ts';
import type { AlarmEngine } from './engine.ts';
import { startRecorded } from './testing/recorded-engine.ts';
import { CAR_ALARM, carAlarm, reading } from './testing/site.ts';

async function start(file: string) {
  const recorded = await startRecorded(file, [carAlarm]);
  const { engine, flush } = recorded;
  return { ...recorded, decide: createDecide({ engine, flush, decided: () => undefined }) };
}

function press(engine: AlarmEngine): void {
  const pulses = [{ point: 'counter2', count: 1, afterOutage: false }];
  engine.observe({ device: 'lift-io-3', seen: [], pulses, observation: { device: 'lift-io-3' } });
}

function decision(store: Store) {
  const { occurrenceId, rev } = store.alarms.get(CAR_ALARM) ?? { occurrenceId: null, rev: 0 };
  return { verb: 'ack' as const, alarm: CAR_ALARM, occurrenceId, rev, by: 'li', note: 'passenger freed' };
}

it('an alarm is stored when it is told, and its revision is the seq of its last event', async () => {
  const { store, engine, flush, decide } = await start(storeFile());
  press(engine);
  press(engine);
  await flush();
  expect(store.alarms.get(CAR_ALARM)).toMatchObject({ letter: 'B', count: 2, rev: store.events.lastSeq('alarm') });
  expect(await decide(decision(store))).toMatchObject({ ok: true, stored: true });
  expect(store.alarms.get(CAR_ALARM)).toMatchObject({ letter: 'C', rev: store.events.lastSeq('alarm') });
});

it('a restart neither raises nor clears, and the alarm goes on to its reset', async () => {
  const file = storeFile();
  const first = await start(file);
  press(first.engine);
  await first.flush();
  const before = first.store.alarms.get(CAR_ALARM);
  await first.stop();

  const { store, engine, flush, decide } = await start(file);
  expect(store.alarms.get(CAR_ALARM)).toEqual(before);
  const seen = [reading('level2', false)];
  engine.observe({ device: 'lift-io-3', seen, observation: { device: 'lift-io-3' } });
  await flush();
  expect(await decide(decision(store))).toMatchObject({ ok: true, row: { letter: 'F' } });
  expect(await decide({ ...decision(store), verb: 'reset' })).toMatchObject({
    ok: true,
    row: { letter: 'A', count: 1 },
    stored: true,
  });
  press(engine);
  await flush();
  expect(store.alarms.get(CAR_ALARM)?.occurrenceId).not.toBe(before?.occurrenceId);
});
