/** Commands while the mark that they are sent takes its time to reach the disk: on a real line, to a real store behind a delay. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { modbus } from '../../drivers/modbus/driver.ts';
import { relayBarrier } from '../../simulators/devices/relay-barrier.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import { Bus } from '../bus/bus.ts';
import { createLink } from '../bus/link.ts';
import { tcpTransport } from '../bus/tcp.ts';
import { systemClock } from '../clock.ts';
import { busSchema, deviceSchema } from '../config/schema.ts';
import { lineCost } from '../config/wire-time.ts';
import { WriteError } from '../store/errors.ts';
import type { CommandRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { openTestStore, storeFile } from '../store/testing/fixtures.ts';
import type { JobName, Jobs } from '../store/writer/jobs.ts';
import { until } from '../testing/programs.ts';
import { CommandRunner } from './run.ts';

const PROFILE = 'config/profiles/relay-barrier.json';

/** A store that marks a command as sent only once `marked` has resolved; `asked` tells that it has been asked to. */
function heldUp(store: Store) {
  const gate = Promise.withResolvers<undefined>();
  const state = { asked: false };
  const write = async <J extends JobName>(job: J, ...args: Parameters<Jobs[J]>): Promise<ReturnType<Jobs[J]>> => {
    if (job !== 'markSent') return store.write(job, ...args);
    state.asked = true;
    await gate.promise;
    return store.write(job, ...args);
  };
  const letGo = (): void => gate.resolve(undefined);
  const fail = (): void => gate.reject(new WriteError('SQLITE_FULL', 'database or disk is full'));
  onTestFinished(letGo);
  return { commands: store.commands, write, isAsked: () => state.asked, letGo, fail };
}

/** A barrier at unit 8 on a line whose requests are `gapMs` apart. */
async function barrier(gapMs = 2) {
  const device = relayBarrier({ id: 'barrier', unit: 8, travelMs: 100 });
  const line = await startSerialLine({ devices: [device], paced: false });
  onTestFinished(() => line.close());
  const { port } = line.address as { readonly port: number };
  const breaker = { failures: 3, firstBackoffMs: 100, maxBackoffMs: 100 };
  const transport = tcpTransport('127.0.0.1', port);
  const bus = new Bus(
    transport,
    { id: 'b', interByteTimeoutMs: 10, echo: false, breaker, silenceLimit: 0 },
    systemClock,
  );
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the line to open');
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 115200, gapMs, replyTimeoutMs: 200 };
  const busConfig = busSchema.parse({ id: 'b', ...where });
  const config = deviceSchema.parse({ id: 'barrier', bus: 'b', unit: 8, profile: 'relay-barrier' });
  const parsed = modbus.parseProfile(JSON.parse(readFileSync(PROFILE, 'utf8')));
  if (!parsed.ok) throw new Error('the profile has mistakes');
  const set = { device: 'barrier', address: '8', profile: parsed.profile, medium: 'line', knowledge: {} } as const;
  const session = modbus.open({ ...set, cost: lineCost(busConfig, config) });
  const link = (permit?: Parameters<typeof createLink>[4]['permit']) =>
    createLink(
      bus,
      busConfig,
      config,
      systemClock,
      permit ? { priority: 'command', permit } : { priority: 'ordinary' },
    );
  const [block] = session.plan();
  if (!block) throw new Error('nothing to read');
  const store = await openTestStore(storeFile());
  onTestFinished(() => store.close());
  const slow = heldUp(store);
  const runner = new CommandRunner({
    store: slow,
    clock: systemClock,
    hold: () => null,
    target: () => ({ session, link }),
    onFinished: () => undefined,
    onCarriedOut: () => undefined,
  });
  return {
    ...{ bus, line, store, slow },
    poll: () => session.poll(block, link()),
    device,
    /** Gives the command to open, and gives what tells its row. */
    open: async (expiresInMs: number): Promise<() => CommandRow | undefined> => {
      const acceptedAt = Date.now();
      const row = { id: 'c', device: 'barrier', action: 'open', value: null, by: 'guard', via: 'api', acceptedAt };
      const taken = await store.write('acceptCommand', { ...row, expiresAt: acceptedAt + expiresInMs }, 9);
      if (taken.kind !== 'accepted') throw new Error(taken.kind);
      runner.start(taken.row);
      return () => store.commands.get('c');
    },
  };
}

const ended = (row: CommandRow | undefined): row is CommandRow => row !== undefined && row.finishedAt !== null;

describe('a command whose mark comes after its expiry', () => {
  it('is not sent and says so, and its line serves others as soon as it has expired', async () => {
    const { open, slow, poll, device } = await barrier();
    const row = await open(400);
    await until(slow.isAsked, 'the mark to be asked for');
    // It waits behind the command, and not for the disk.
    expect((await poll()).readings.length).toBeGreaterThan(0);
    slow.letGo();
    const end = await until(() => ended(row()) && row(), 'the end of the command');
    expect(end).toMatchObject({ state: 'expired', sentAt: null, error: 'its expiry passed before it could be sent' });
    expect(device.arm.state).toBe('closed');
  });
});

describe('a command that has been marked and cannot leave', () => {
  it('is not said to have been sent when its line was lost meanwhile', async () => {
    const { open, slow, bus, line, store, device } = await barrier();
    const row = await open(10_000);
    await until(slow.isAsked, 'the mark to be asked for');
    await line.unplug();
    await until(() => bus.state !== 'open', 'the line to be lost');
    slow.letGo();
    const end = await until(() => ended(row()) && row(), 'the end of the command');
    expect([end.state, end.sentAt]).toEqual(['failed', null]);
    expect(end.error).toMatch(/^not sent: 127\.0\.0\.1/);
    const [event] = store.events.list({ domain: 'command', limit: 1 });
    expect(event?.data).toMatchObject({ state: 'failed', sentAt: null });
    expect(device.arm.state).toBe('closed');
  });

  it('is not sent after its expiry for the silence that its request still needs', async () => {
    const { open, slow, poll, device } = await barrier(600);
    await poll();
    const row = await open(300);
    slow.letGo();
    const end = await until(() => ended(row()) && row(), 'the end of the command');
    expect([end.state, end.sentAt]).toEqual(['expired', null]);
    expect(device.arm.state).toBe('closed');
  });

  it('is not sent when the store cannot take the mark', async () => {
    const { open, slow, device } = await barrier();
    const row = await open(10_000);
    slow.fail();
    const end = await until(() => ended(row()) && row(), 'the end of the command');
    expect(end).toMatchObject({
      state: 'failed',
      sentAt: null,
      error: 'not sent: the store cannot note that it is sent',
    });
    expect(device.arm.state).toBe('closed');
  });
});

describe('a command whose mark is in time', () => {
  it('was marked while it waited for its turn: the line does not stand idle for the disk', async () => {
    const { open, slow, poll } = await barrier(400);
    await poll();
    const before = { isOver: false };
    const polling = poll().then(() => (before.isOver = true));
    await open(10_000);
    await until(slow.isAsked, 'the mark to be asked for');
    expect(before.isOver).toBe(false);
    await polling;
  });

  it('is sent once, and keeps the time at which it was', async () => {
    const { open, slow, device } = await barrier();
    const row = await open(10_000);
    await until(slow.isAsked, 'the mark to be asked for');
    slow.letGo();
    const end = await until(() => ended(row()) && row(), 'the end of the command');
    expect([end.state, typeof end.sentAt]).toEqual(['done', 'number']);
    expect(device.arm.state).toBe('open');
  });
});
