/** Fire releases on a real recorder and a real file, with commands that end by hand, and a clock that does, too. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDecide } from '../alarms/decide.ts';
import { createAlarmEngine } from '../alarms/engine.ts';
import { definition, reading } from '../alarms/testing/site.ts';
import type { FeedChange } from '../broker/feed-source.ts';
import type { Acceptance, CommandRequest } from '../commands/accept.ts';
import type { FireReleaseSettings } from '../config/fire-release-schema.ts';
import { Recorder } from '../store/record.ts';
import { NOW, openTestStore, storeFile } from '../store/testing/fixtures.ts';
import { FireRelease } from './fire-release.ts';
import { releaseAlarms } from './release-alarms.ts';

const FIRE = 'fire-1--fire-alarm';
const FAILED = 'gate--fire-releaseFailed--open';
const settings: FireReleaseSettings = {
  ...{ alarms: ['fire.alarm'], confirmWithinS: 20 },
  targets: [{ device: 'gate', action: 'open' }],
};
const contact = { kind: 'points', tests: [{ point: 'level', kind: 'in', values: [true] }], pulse: null } as const;
const fireAlarm = definition('fire-1', 'fire.alarm', contact, { priority: 1, latching: true }, 'io');
const GATE = {
  ...{ id: 'gate', driver: 'modbus', maker: '', model: '', nameZh: '', points: [] },
  commands: ['open', 'close'].map((action) => ({ action, nameZh: '' })),
};
const GUARD = { by: 'li', note: 'looked' };

let file: string;
let world: ReturnType<typeof run> extends Promise<infer T> ? T : never;
let now = NOW;
let config: { fireRelease: FireReleaseSettings | undefined };
/** Why commands are refused; null: they are not. */
let refusal: string | null;

/** `isDrill`: of what the fire alarm is. */
async function run(isDrill = false) {
  const store = await openTestStore(file);
  const clock = { now: () => now, monotonic: () => now - NOW };
  const listeners = new Set<(change: FeedChange) => void>();
  const onCommitted = (change: FeedChange): void => listeners.forEach((listener) => listener(change));
  const recorder = new Recorder({ store, clock, onCommitted, onTrouble: () => undefined });
  const flush = () => recorder.flush();
  const fires = { ...fireAlarm, settings: { ...fireAlarm.settings, drill: isDrill } };
  const alarms = [fires, ...releaseAlarms(settings, { 'fire.releaseFailed': fireAlarm.settings })];
  const record = recorder.record.bind(recorder);
  const engine = createAlarmEngine({ clock, definitions: alarms, rows: store.alarms.list('all'), record });
  const decide = createDecide({ engine, flush, decided: () => undefined });
  const given: string[] = [];
  const submit = async (request: CommandRequest): Promise<Acceptance> => {
    if (refusal !== null) return { ok: false, code: 'disabledDevice', message: refusal };
    const { id = '', device, action, by, via, value = null } = request;
    const command = { id, device, action, value, by, via, acceptedAt: now, expiresAt: now + 10_000 };
    const taken = await store.write('acceptCommand', command, 9);
    if (taken.kind === 'busy') throw new Error('busy');
    given.push(id);
    return { ok: true, row: taken.row, repeated: false };
  };
  const release = new FireRelease({
    ...{ store, clock, submit, config: () => config, observe: engine.observe.bind(engine) },
    commandable: (device) => (device === 'gate' ? { enabled: true, profile: GATE } : undefined),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const fire = async (level: boolean): Promise<void> => {
    engine.observe({ device: 'io', seen: [reading('level', level)], observation: { device: 'io' } });
    await look();
  };
  /** Looks, and waits for what comes of it. */
  const look = async (): Promise<void> => {
    await flush();
    release.look();
    await flush();
    // One more job of the writer's: those that were given to it before are done then.
    await store.write('outboxDone', []);
    await flush();
  };
  const end = async (state: 'done' | 'failed', error?: string): Promise<void> => {
    const result = { seen: [{ point: 'status', value: 'open', at: now }] };
    const ended = state === 'done' ? { state, left: true, result } : { state, left: true, error: error ?? 'no answer' };
    await store.write('finishCommand', given.at(-1) ?? '', ended, now);
    await look();
  };
  const close = async (): Promise<void> => {
    release.stop();
    await recorder.close();
    await store.close();
  };
  return { store, engine, release, decide, given, fire, look, end, close };
}

beforeEach(async () => {
  now = NOW;
  config = { fireRelease: settings };
  refusal = null;
  file = storeFile();
  world = await run();
});
afterEach(() => world.close());

async function restart(): Promise<void> {
  await world.close();
  world = await run();
  await world.look();
}

const letter = (alarm: string) => world.store.alarms.get(alarm)?.letter ?? '-';
const journal = () => {
  const events = world.store.events.list({ domain: 'fire', limit: 100 });
  return events.map(({ type }) => type.replace('release', '')).reverse();
};
const isHeld = (action: string) => world.release.hold({ device: 'gate', action, value: null }) !== null;

async function reset(): Promise<void> {
  await world.fire(false);
  for (const verb of ['ack', 'reset'] as const) {
    const { occurrenceId = null, rev = 0 } = world.store.alarms.get(FIRE) ?? {};
    expect(await world.decide({ verb, alarm: FIRE, occurrenceId, rev, ...GUARD })).toMatchObject({ ok: true });
  }
}

describe('a fire alarm', () => {
  it('gives one command, holds the barrier open until it is reset, and gives none then', async () => {
    expect(isHeld('close')).toBe(false);
    await world.fire(true);
    expect([world.given.length, journal(), isHeld('close'), isHeld('open')]).toEqual([1, ['Asked'], true, false]);
    expect(world.store.commands.get(world.given[0] ?? '')).toMatchObject({
      via: 'fire',
      by: 'gateway',
      action: 'open',
    });
    await world.end('done');
    expect(journal()).toEqual(['Asked', 'Answered']);
    await reset();
    await world.look();
    expect([world.given.length, journal(), isHeld('close')]).toEqual([1, ['Asked', 'Answered', 'Ended'], false]);
  });

  it('is an alarm more where the barrier was not seen to open in time, until it is', async () => {
    await world.fire(true);
    await world.end('failed');
    now += 19_999;
    await world.look();
    expect(letter(FAILED)).toBe('-');
    now += 1;
    await world.look();
    expect(letter(FAILED)).toBe('B');
    await world.end('done');
    expect([letter(FAILED), journal()]).toEqual(['E', ['Asked', 'Failed', 'Answered']]);
  });

  it('says why not even a command was accepted, and tries again', async () => {
    refusal = 'gate is switched off';
    await world.fire(true);
    await world.look();
    expect(journal()).toEqual(['Asked', 'Failed']);
    const [failed] = world.store.events.list({ domain: 'fire', limit: 1 });
    expect(failed?.data['why']).toBe('not accepted: gate is switched off');
    refusal = null;
    now += 1_000;
    await world.look();
    expect(world.given).toHaveLength(1);
  });

  it('that is reset before anything answered says what did not, and its alarm goes', async () => {
    await world.fire(true);
    now += 20_000;
    await world.look();
    await reset();
    await world.look();
    const [ended] = world.store.events.list({ domain: 'fire', limit: 1 });
    expect(ended).toMatchObject({ type: 'releaseEnded', source: 'fire-1', data: { unanswered: ['gate/open'] } });
    expect(letter(FAILED)).toBe('E');
  });

  it('opens nothing where it is a drill', async () => {
    await world.close();
    world = await run(true);
    await world.fire(true);
    expect([letter(FIRE), world.given, journal(), isHeld('close')]).toEqual(['B', [], [], false]);
  });
});

describe('over a restart', () => {
  it('what was not answered is asked again, its alarm stays, and nothing is told twice', async () => {
    await world.fire(true);
    now += 20_000;
    await world.look();
    expect(letter(FAILED)).toBe('B');
    const { rev } = world.store.alarms.get(FAILED) ?? {};
    await restart();
    expect([world.given.length, journal(), isHeld('close')]).toEqual([1, ['Asked'], true]);
    expect(world.store.alarms.get(FAILED)).toMatchObject({ letter: 'B', rev });
    await world.end('done');
    expect(journal()).toEqual(['Asked', 'Answered']);
  });

  it('what was answered is not asked again, and is held open from the first moment on', async () => {
    await world.fire(true);
    await world.end('done');
    await world.close();
    world = await run();
    expect(isHeld('close')).toBe(true);
    await world.look();
    expect([world.given, journal()]).toEqual([[], ['Asked', 'Answered']]);
  });

  it('an alarm that was stored and nothing more is opened for', async () => {
    world.release.stop();
    world.engine.observe({ device: 'io', seen: [reading('level', true)], observation: { device: 'io' } });
    await restart();
    expect([world.given.length, journal()]).toEqual([1, ['Asked']]);
  });

  it('an alarm that was reset and nothing more is over', async () => {
    await world.fire(true);
    await world.end('done');
    world.release.stop();
    await reset().catch(() => undefined);
    await restart();
    expect([journal(), isHeld('close')]).toEqual([['Asked', 'Answered', 'Ended'], false]);
  });
});

it('goes by the site file as it is now', async () => {
  config = { fireRelease: undefined };
  await world.fire(true);
  expect([world.given, isHeld('close')]).toEqual([[], false]);
  config = { fireRelease: settings };
  expect(isHeld('close')).toBe(true);
  await world.look();
  expect(world.given).toHaveLength(1);
  config = { fireRelease: { ...settings, targets: [{ device: 'other', action: 'open' }] } };
  await world.look();
  expect(isHeld('close')).toBe(false);
});

it('tells a target that is to be told another value from now on, though it had answered', async () => {
  const lock = (value: boolean) => ({ ...settings, targets: [{ device: 'gate', action: 'lock', value }] });
  config = { fireRelease: lock(true) };
  await world.fire(true);
  await world.end('done');
  expect([world.given.length, journal()]).toEqual([1, ['Asked', 'Answered']]);
  config = { fireRelease: lock(true) };
  await world.look();
  expect(world.given).toHaveLength(1);
  config = { fireRelease: lock(false) };
  await world.look();
  expect(world.store.commands.get(world.given[1] ?? '')).toMatchObject({ action: 'lock', value: false });
  await world.end('done');
  expect(journal()).toEqual(['Asked', 'Answered', 'Asked', 'Answered']);
  config = { fireRelease: lock(true) };
  await restart();
  expect(world.store.commands.get(world.given[0] ?? '')).toMatchObject({ action: 'lock', value: true });
});
