/** The tests of a lift on a real recorder and a real file, whose outbox is emptied by hand, and a clock that is, too. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Reading } from '../../drivers/contract.ts';
import { createDecide } from '../alarms/decide.ts';
import { createAlarmEngine } from '../alarms/engine.ts';
import { CAR_ALARM, carAlarm, definition, reading } from '../alarms/testing/site.ts';
import { Recorder } from '../store/record.ts';
import { NOW, openTestStore, storeFile } from '../store/testing/fixtures.ts';
import { LiftTests } from './lift-tests.ts';
import { testAlarms } from './test-alarms.ts';

const HOUR = 3_600_000;
const DRILL = 'lift-3-2--lift-test';
const MISSING = 'lift-3-2--lift-testMissing';
const liftTests = { everyH: 24, missingAfterH: 72 };
const DEVICE = 'lift-io-3';
const { settings } = definition('x', 'x.x', { kind: 'deviceState', state: 'offline' });
const TYPES = { 'lift.test': { ...settings, drill: true }, 'lift.testMissing': settings };

let file: string;
let world: Awaited<ReturnType<typeof start>>;
let now = NOW;

async function start() {
  const store = await openTestStore(file);
  const clock = { now: () => now, monotonic: () => now };
  const recorder = new Recorder({ store, clock, onCommitted: () => undefined, onTrouble: () => undefined });
  const flush = () => recorder.flush();
  const alarms = [carAlarm, ...testAlarms(liftTests, [carAlarm], TYPES)];
  const record = recorder.record.bind(recorder);
  const engine = createAlarmEngine({ clock, definitions: alarms, rows: store.alarms.list('all'), record });
  const decide = createDecide({ engine, flush, decided: () => undefined });
  const observe = engine.observe.bind(engine);
  const tests = new LiftTests({
    store,
    clock,
    config: () => ({ alarms, liftTests, people: [] }),
    observe,
    decide,
    flush,
  });
  const module = async (state: 'online' | 'offline'): Promise<void> => {
    recorder.record({ device: DEVICE, deviceState: { state, reason: '', since: now, lastGood: now } });
    await flush();
  };
  const value = async (read: Reading): Promise<void> => {
    recorder.record({ device: DEVICE, readings: [{ unit: null, reason: null, ...read, archive: true }] });
    await flush();
  };
  const look = async (): Promise<string> => {
    await tests.look();
    await flush();
    return [DRILL, MISSING].map((alarm) => store.alarms.get(alarm)?.letter ?? '-').join('');
  };
  const arrive = async (): Promise<void> => {
    await flush();
    await store.write(
      'outboxDone',
      store.outbox.next('alarm', 0, 100).map(({ seq }) => seq),
    );
  };
  return { store, engine, tests, module, value, look, arrive, flush };
}

beforeEach(async () => {
  now = NOW;
  file = storeFile();
  world = await start();
  await world.module('online');
});
afterEach(() => world.store.close());

async function restart(): Promise<void> {
  await world.store.close();
  world = await start();
}

/** What the journal says of the lift, without its alarms, oldest first. */
function journal(): string[] {
  const events = world.store.events.list({ domain: 'lift', source: 'lift-3-2', limit: 100 });
  return events.map(({ type }) => type).reverse();
}

/** One whole drill. */
async function drill(): Promise<void> {
  await world.look();
  for (const letters of ['C-', 'A-']) {
    await world.arrive();
    expect(await world.look()).toBe(letters);
  }
}

it('a drill is confirmed by its own way through the outbox, and says of itself that it is one', async () => {
  expect(await world.look()).toBe('B-');
  expect(world.store.alarms.get(DRILL)).toMatchObject({ drill: true, source: 'lift-3-2' });
  expect([await world.look(), await world.look()]).toEqual(['B-', 'B-']);
  await world.arrive();
  expect([await world.look(), await world.look()]).toEqual(['C-', 'C-']);
  await world.arrive();
  expect(journal()).toEqual(['testsBegan']);
  expect(await world.look()).toBe('A-');
  expect(journal()).toEqual(['testsBegan', 'testConfirmed']);
  expect(world.store.alarms.get(DRILL)).toMatchObject({ ackedBy: 'gateway' });
});

it('none begins while the module answers without a value for the button', async () => {
  await world.value(reading('level2', null));
  expect(await world.look()).toBe('--');
  await world.value(reading('level2', false));
  expect(await world.look()).toBe('B-');
});

it('what was refused for ever has not arrived', async () => {
  await world.look();
  const seq = world.store.alarms.get(DRILL)?.rev ?? 0;
  await world.store.write('deadLetter', seq, 'too large', now);
  expect(await world.look()).toBe('B-');
});

it('the next drill is a day later, over a restart', async () => {
  await drill();
  now += 24 * HOUR - 1;
  expect(await world.look()).toBe('A-');
  await restart();
  expect(await world.look()).toBe('A-');
  now += 1;
  expect(await world.look()).toBe('B-');
});

it('a drill that a restart has cut in two goes on', async () => {
  await world.look();
  await restart();
  await world.arrive();
  expect(await world.look()).toBe('C-');
  await restart();
  await world.arrive();
  expect(await world.look()).toBe('A-');
});

it('three days without a confirmed test are an alarm, over a restart, and a drill that arrives ends it', async () => {
  await world.module('offline');
  expect(await world.look()).toBe('--');
  now += 40 * HOUR;
  await restart();
  expect(await world.look()).toBe('--');
  now += 32 * HOUR;
  expect(await world.look()).toBe('-B');
  await world.module('online');
  await world.look();
  await world.arrive();
  await world.look();
  await world.arrive();
  await world.look();
  expect(await world.look()).toBe('AD');
});

it('a button that somebody has tried is a test, where the press was seen', async () => {
  const test = { by: 'li', result: 'passed', note: null } as const;
  expect(await world.tests.note('lift-9', test)).toEqual({ ok: false, code: 'unknownLift' });
  expect(await world.tests.note('lift-3-2', test)).toEqual({ ok: false, code: 'noPress' });
  expect(await world.tests.note('lift-3-2', { ...test, result: 'failed' })).toMatchObject({
    ok: true,
    pressedAt: null,
  });
  const pulses = [{ point: 'counter2', count: 1, afterOutage: false }];
  world.engine.observe({ device: DEVICE, seen: [reading('level2', false)], pulses, observation: { device: DEVICE } });
  await world.flush();
  expect(world.store.alarms.get(CAR_ALARM)?.raisedAt).toBe(now);
  const pressedAt = now;
  now += 599_000;
  expect(await world.tests.note('lift-3-2', test)).toEqual({ ok: true, stored: true, pressedAt });
  expect(await world.look()).toBe('--');
  now += 2_000;
  expect(await world.tests.note('lift-3-2', test)).toEqual({ ok: false, code: 'noPress' });
  expect(journal()).toEqual(['buttonTest', 'buttonTest']);
});

it("a drill of the button's alarm is no press of it", async () => {
  expect(world.engine.decide({ verb: 'drill', alarm: CAR_ALARM, by: 'li', note: null, forMs: 60_000 })).toEqual({
    ok: true,
  });
  await world.flush();
  const passed = { by: 'li', result: 'passed', note: null } as const;
  expect(await world.tests.note('lift-3-2', passed)).toEqual({ ok: false, code: 'noPress' });
});
