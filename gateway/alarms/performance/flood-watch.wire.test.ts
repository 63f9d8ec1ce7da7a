import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { AlarmRow } from '../../store/rows.ts';
import { NOW, openTestStore, raised, storeFile } from '../../store/testing/fixtures.ts';
import type { Store } from '../../store/store.ts';
import { FLOOD_DOMAIN, floodSince, FloodWatch } from './flood-watch.ts';

const TEN_MINUTES = 600_000;
/** Of these there are more than it reads of the journal at once. */
const HIDDEN = { letter: 'H', suppressed: true } as const;

let store: Store;
const time = { now: NOW };
const written: Promise<unknown>[] = [];
let running: FloodWatch | undefined;

beforeEach(async () => {
  time.now = NOW;
  written.length = 0;
  const opened = await openTestStore(storeFile());
  store = opened;
  onTestFinished(() => opened.close());
});

/** As after a start of the gateway, which ends the one before. Its listener is called by hand: `watch.look()`. */
function start(): FloodWatch {
  running?.stop();
  const watch = new FloodWatch({
    store,
    record: ({ device, events = [] }) => written.push(store.write('observe', [{ device, events }], time.now)),
    clock: { now: () => time.now, monotonic: () => time.now },
    site: 'cuihu',
    onAlarms: () => () => undefined,
  });
  running = watch;
  onTestFinished(() => watch.stop());
  return watch;
}

async function raiseAlarms(count: number, after: Partial<AlarmRow> = {}): Promise<void> {
  const alarms = Array.from({ length: count }, (_, n) => ({ ...raised({ alarm: `a-${n}`, ...after }), at: time.now }));
  await store.write('observe', [{ device: 'd', alarms }], time.now);
}

async function journal() {
  await Promise.all(written);
  const events = store.events.list({ after: 0, domain: FLOOD_DOMAIN, limit: 10 });
  return events.map(({ type, source, at }) => [type, source, at - NOW]);
}

it('notes when a flood begins, and when it is over', async () => {
  const watch = start();
  await raiseAlarms(10);
  watch.look();
  expect(await journal()).toEqual([]);
  await raiseAlarms(1);
  watch.look();
  expect(await journal()).toEqual([['began', 'cuihu', 0]]);
  expect(floodSince(store.events)).toBe(NOW);
  time.now += TEN_MINUTES;
  watch.look();
  expect((await journal()).slice(1)).toEqual([['ended', 'cuihu', TEN_MINUTES]]);
  expect(floodSince(store.events)).toBeNull();
});

it('finds what was announced behind more of the journal than it reads at once', async () => {
  const watch = start();
  await raiseAlarms(600, HIDDEN);
  await raiseAlarms(11);
  watch.look();
  expect(await journal()).toEqual([['began', 'cuihu', 0]]);
});

it('notes nothing twice after a restart, and the end of a flood when it was', async () => {
  const before = start();
  await raiseAlarms(11);
  before.look();
  await journal();
  time.now += TEN_MINUTES - 1;
  start();
  expect(await journal()).toHaveLength(1);
  time.now += 3_600_000;
  start();
  expect((await journal()).slice(1)).toEqual([['ended', 'cuihu', TEN_MINUTES]]);
  start();
  expect(await journal()).toHaveLength(2);
});

it('notes after a restart a flood that there was no time to note', async () => {
  await raiseAlarms(11);
  time.now += 1_000;
  await raiseAlarms(600, HIDDEN);
  start();
  expect(await journal()).toEqual([['began', 'cuihu', 0]]);
});

it('goes on counting over a restart', async () => {
  await raiseAlarms(10);
  time.now += 1_000;
  const watch = start();
  await raiseAlarms(1);
  watch.look();
  expect(await journal()).toEqual([['began', 'cuihu', 1_000]]);
});

it('notes the end though no alarm comes any more', async () => {
  await raiseAlarms(11);
  time.now += TEN_MINUTES - 20;
  start();
  time.now += 20;
  await vi.waitFor(async () => expect(await journal()).toHaveLength(2));
});

it('notes no flood of what a clock that was set back has left in the future', async () => {
  start();
  time.now += TEN_MINUTES;
  await raiseAlarms(11);
  time.now = NOW;
  start();
  expect(await journal()).toEqual([]);
});
