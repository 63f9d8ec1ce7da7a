/** When clocks are set, and when not: by the machine's own time, which may step, and on lines that take a while, or are away. */
import { setImmediate as soon } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Profile } from '../../../drivers/contract.ts';
import { DriverError } from '../../../drivers/errors.ts';
import { openTestStore, storeFile } from '../../store/testing/fixtures.ts';
import { configOf } from '../billing/testing/billing-site.ts';
import { localOf } from '../rules/zone.ts';
import { ClockSetter } from './clock-setter.ts';

const ZONE = 'Asia/Shanghai';
const NOON = Date.parse('2026-11-10T12:00:00+08:00');
const LOOK_MS = 600_000;
const CLOCKED: Profile = {
  ...{ id: 'clocked', driver: 'cjt188', maker: 'none', model: 'meter', nameZh: '表', commands: [] },
  points: [{ key: 'meterClock', nameZh: '时钟', poll: 'rare', obis: '0-0:1.0.0' }],
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval'] }));
afterEach(() => void vi.useRealTimers());

/** So many meters on one line. `set`: what becomes of a setting. */
async function site(meters: number, set: (local: string) => Promise<void>) {
  const store = await openTestStore(storeFile());
  onTestFinished(() => store.close());
  const whole = configOf([], { setClocks: true });
  const device = { bus: 'b', unit: 1, profile: CLOCKED.id, enabled: true };
  const devices = Array.from({ length: meters }, (_, n) => ({
    ...device,
    id: `m${n}`,
  })) as unknown as typeof whole.devices;
  const config = { ...whole, devices, profiles: new Map([[CLOCKED.id, CLOCKED]]) };
  const time = { wall: NOON, monotonic: 0 };
  const setter = new ClockSetter({
    ...{ store, config: () => config, log: pino({ level: 'silent' }), readNow: () => Promise.resolve(undefined) },
    clock: { now: () => time.wall, monotonic: () => time.monotonic },
    settableClock: () => ({ bus: 'b', reach: 'device', set }),
  });
  onTestFinished(() => setter.stop());
  return {
    store,
    setter,
    read: (n: number, offS: number) => setter.seen({ device: `m${n}`, point: 'meterClock', offS }),
    pass: (ms: number) => {
      time.wall += ms;
      time.monotonic += ms;
    },
    step: (ms: number) => void (time.wall += ms),
    now: () => localOf(time.wall, ZONE),
  };
}

it('sets none by a time that has just stepped, before half of the meters have been read by it', async () => {
  const sent: string[] = [];
  const { read, step, pass } = await site(10, (local) => Promise.resolve(void sent.push(local)));
  for (let n = 0; n < 10; n++) read(n, 0);
  pass(3_600_000);
  step(240_000);
  for (let n = 0; n < 10; n++) read(n, -240);
  await soon();
  expect(sent).toEqual([]);
  step(-240_000);
  for (let n = 0; n < 10; n++) read(n, n === 3 ? -90 : 0);
  vi.advanceTimersByTime(LOOK_MS);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
});

it('tells each meter of a line the time at which its turn has come', async () => {
  const sent: string[] = [];
  const { read, pass, now } = await site(4, async (local) => {
    sent.push(local);
    await soon();
    pass(20_000);
  });
  const [first, then] = [now(), NOON + 20_000];
  for (let n = 0; n < 2; n++) read(n, 0);
  for (let n = 2; n < 4; n++) read(n, 90 + 100 * n);
  await vi.waitFor(() => expect(sent).toEqual([first, localOf(then, ZONE)]));
});

it('tries again what a line that is away has not taken, and writes down what was done alone', async () => {
  const away = () => Promise.reject(new DriverError('unsent', 'the line is still being opened'));
  const { store, read, pass } = await site(4, away);
  for (let n = 0; n < 2; n++) read(n, 0);
  for (let n = 2; n < 4; n++) read(n, 90 + 100 * n);
  for (let look = 0; look < 6; look++) {
    await soon();
    pass(LOOK_MS);
    vi.advanceTimersByTime(LOOK_MS);
  }
  await store.write('audit', { at: NOON, who: 'test', what: 'the end', detail: {} });
  expect(store.audit.list(Number.MAX_SAFE_INTEGER, 10).map(({ what }) => what)).toEqual(['the end']);
});
