/** A device that answers later than its reply time: it is told so, nothing of it is mixed up, and it is soon back when it answers in time. */
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { modbus } from '../../drivers/modbus/driver.ts';
import { sealRtu } from '../../drivers/modbus/frame-rtu.ts';
import { Bus } from '../bus/bus.ts';
import { tcpTransport } from '../bus/tcp.ts';
import { systemClock } from '../clock.ts';
import { busSchema, deviceSchema } from '../config/schema.ts';
import { lineCost } from '../config/wire-time.ts';
import { until } from '../testing/programs.ts';
import type { Seen } from './device-task.ts';
import { Poller } from './poll.ts';

const REPLY_TIMEOUT_MS = 100;
const LATE_MS = 1.5 * REPLY_TIMEOUT_MS;
const PERIOD_MS = 100;
const REQUEST_BYTES = 8;
const BREAKER = { failures: 3, firstBackoffMs: 200, maxBackoffMs: 600_000 };

/** A device behind a serial device server, one request after the other; every register holds its own address. */
async function deviceAnsweringAfter(delayMs: () => number): Promise<number> {
  let turn: Promise<void> = Promise.resolve();
  const answer = async (socket: Socket, request: Buffer): Promise<void> => {
    const [unit, start, count] = [request.readUInt8(0), request.readUInt16BE(2), request.readUInt16BE(4)];
    await sleep(delayMs());
    const words = Array.from({ length: count }, (_, i) => [(start + i) >> 8, (start + i) & 0xff]).flat();
    if (socket.writable) socket.write(sealRtu(unit, Uint8Array.of(3, words.length, ...words)));
  };
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      for (; waiting.length >= REQUEST_BYTES; waiting = waiting.subarray(REQUEST_BYTES)) {
        const request = Buffer.from(waiting.subarray(0, REQUEST_BYTES));
        turn = turn.then(() => answer(socket, request));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A pressure transmitter that is polled, and what is observed of it. */
async function polled(port: number, observe: (seen: Seen) => void): Promise<Bus> {
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 115200, replyTimeoutMs: REPLY_TIMEOUT_MS };
  const busConfig = busSchema.parse({ id: 'b', ...where, breaker: BREAKER });
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: false, breaker: BREAKER, silenceLimit: 0 };
  const bus = new Bus(tcpTransport('127.0.0.1', port), settings, systemClock);
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the line to open');
  const parsed = modbus.parseProfile(JSON.parse(readFileSync('config/profiles/pressure-transmitter.json', 'utf8')));
  if (!parsed.ok) throw new Error('the profile has mistakes');
  const { profile } = parsed;
  const config = deviceSchema.parse({ id: 'p1', bus: 'b', unit: 1, profile: profile.id });
  const cost = lineCost(busConfig, config);
  const session = modbus.open({ device: config.id, address: '1', profile, medium: 'line', knowledge: {}, cost });
  const poller = new Poller({ clock: systemClock, archiveEveryMs: 1_000_000, observe });
  onTestFinished(() => poller.stop());
  const periods = { alarm: PERIOD_MS, fast: PERIOD_MS, normal: PERIOD_MS, slow: PERIOD_MS, rare: PERIOD_MS };
  poller.add({ config, profile, session, bus, busConfig, periods, baselines: new Map() });
  return bus;
}

it('is soon back when it answers in time, however long it was late', async () => {
  let delayMs = LATE_MS;
  let good = 0;
  const reasons: string[] = [];
  const values = new Map<string, Set<unknown>>();
  const port = await deviceAnsweringAfter(() => delayMs);
  const bus = await polled(port, ({ seen, observation }) => {
    if (observation.deviceState) reasons.push(observation.deviceState.reason);
    if (seen.length === 0 || seen.some(({ quality }) => quality === 'bad')) return;
    good += 1;
    for (const { point, value } of seen) values.set(point, (values.get(point) ?? new Set()).add(value));
  });
  // Five rests that are not shortened double to more than six seconds.
  const timeouts = (): number => bus.statistics().devices[0]?.errors.timeout ?? 0;
  await until(() => timeouts() >= BREAKER.failures + 8, 'eight probes in vain', 15_000);
  expect(reasons.at(-1)).toContain('It is alive, and its answers come after');
  expect(bus.latenessOf('p1')).toBeGreaterThan(REPLY_TIMEOUT_MS);
  delayMs = 2;
  await until(() => good >= 20, 'twenty good polls', 5_000);
  for (const [point, seen] of values) expect([point, seen.size]).toEqual([point, 1]);
  expect(bus.latenessOf('p1')).toBeNull();
});
