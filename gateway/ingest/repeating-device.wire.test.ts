/** A device whose replies come twice: what was read of it before that was found out is unknown until it is read again. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { readFileSync } from 'node:fs';
import { modbus } from '../../drivers/modbus/driver.ts';
import { sealRtu } from '../../drivers/modbus/frame-rtu.ts';
import { Bus } from '../bus/bus.ts';
import { tcpTransport } from '../bus/tcp.ts';
import { systemClock } from '../clock.ts';
import { busSchema, deviceSchema } from '../config/schema.ts';
import { lineCost } from '../config/wire-time.ts';
import { until } from '../testing/programs.ts';
import { MAYBE_COPY } from './advice.ts';
import { Poller } from './poll.ts';
import type { Seen } from './device-task.ts';

/** Answers every read at once, and again a little later as soon as it is told to. */
async function device(habit: { twice: boolean }): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (request) => {
      const words = Array.from({ length: request.readUInt16BE(4) }, () => [0, 7]).flat();
      const reply = sealRtu(1, Uint8Array.of(3, words.length, ...words));
      socket.write(reply);
      if (habit.twice) setTimeout(() => socket.writable && socket.write(reply), 30);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function polled(port: number, observe: (seen: Seen) => void): Bus {
  const breaker = { failures: 3, firstBackoffMs: 200, maxBackoffMs: 1_000 };
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 115200, replyTimeoutMs: 300 };
  const busConfig = busSchema.parse({ id: 'b', ...where, breaker });
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: false, breaker, silenceLimit: 0 };
  const bus = new Bus(
    tcpTransport('127.0.0.1', port),
    settings,
    systemClock,
    () => poller.busChanged('b'),
    (id) => poller.distrust(id),
  );
  const poller = new Poller({ clock: systemClock, archiveEveryMs: 1_000_000, observe });
  onTestFinished(async () => {
    poller.stop();
    await bus.stop();
  });
  const parsed = modbus.parseProfile(JSON.parse(readFileSync('config/profiles/pressure-transmitter.json', 'utf8')));
  if (!parsed.ok) throw new Error('the profile has mistakes');
  const { profile } = parsed;
  const config = deviceSchema.parse({ id: 'p1', bus: 'b', unit: 1, profile: profile.id });
  const cost = lineCost(busConfig, config);
  const session = modbus.open({ device: config.id, address: '1', profile, medium: 'line', knowledge: {}, cost });
  const periods = { alarm: 150, fast: 150, normal: 150, slow: 150, rare: 150 };
  poller.add({ config, profile, session, bus, busConfig, periods, baselines: new Map() });
  bus.start();
  return bus;
}

it('is no longer believed once it is found out, until it is read again', async () => {
  const habit = { twice: false };
  const told: string[] = [];
  const bus = polled(await device(habit), ({ seen }) => {
    for (const { point, quality, reason } of seen) if (point === 'pressure') told.push(reason ?? quality);
  });
  await until(() => told.filter((each) => each === 'good').length > 3, 'good readings');
  expect(bus.repeats('p1')).toBe(false);
  habit.twice = true;
  await until(() => told.includes(MAYBE_COPY), 'the doubt');
  expect(bus.repeats('p1')).toBe(true);
  const doubted = told.indexOf(MAYBE_COPY);
  await until(() => told.indexOf('good', doubted) > 0, 'a reading that is sure again');
});
