/** A Modbus TCP device of whose blocks only one is answered as it should be: it is degraded and stays so, until it dies. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { modbus } from '../../drivers/modbus/driver.ts';
import { Bus } from '../bus/bus.ts';
import { tcpTransport } from '../bus/tcp.ts';
import { systemClock } from '../clock.ts';
import { busSchema, deviceSchema } from '../config/schema.ts';
import { lineCost } from '../config/wire-time.ts';
import { until } from '../testing/programs.ts';
import { Poller } from './poll.ts';

const REPLY_TIMEOUT_MS = 120;
const REQUEST_BYTES = 12;
const BREAKER = { failures: 3, firstBackoffMs: 200, maxBackoffMs: 1_000 };
const PERIOD_MS = 150;

const GOOD = 0;
const WRONG_TRANSACTION = 1_000;
const SILENT = 2_000;
/** It begins, byte by byte, and gives up. */
const HALF = 3_000;

/** One request after the other, as a simple server does. */
async function oddServer() {
  const server = { dead: false, goodPolls: 0 };
  const answer = async (socket: Socket, request: Buffer): Promise<void> => {
    const address = request.readUInt16BE(8);
    if (server.dead || address === SILENT || !socket.writable) return;
    const reply = Buffer.from([...request.subarray(0, 4), 0, 5, 1, 3, 2, 0, 7]);
    if (address === WRONG_TRANSACTION) reply.writeUInt16BE(0xbeef, 0);
    if (address === GOOD) server.goodPolls += 1;
    if (address !== HALF) return void socket.write(reply);
    for (const byte of reply.subarray(0, 4)) {
      await sleep(REPLY_TIMEOUT_MS / 4);
      socket.write(Uint8Array.of(byte));
    }
  };
  const listening = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    let turn = Promise.resolve();
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      for (; waiting.length >= REQUEST_BYTES; waiting = waiting.subarray(REQUEST_BYTES)) {
        const request = Buffer.from(waiting.subarray(0, REQUEST_BYTES));
        turn = turn.then(() => answer(socket, request));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => void listening.close());
  return { server, port: (listening.address() as AddressInfo).port };
}

async function polled(port: number): Promise<string[]> {
  const where = { type: 'modbus-tcp', host: '127.0.0.1', port, replyTimeoutMs: REPLY_TIMEOUT_MS };
  const busConfig = busSchema.parse({ id: 'b', ...where, breaker: BREAKER });
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: false, breaker: BREAKER, silenceLimit: 4 };
  const states: string[] = [];
  const poller = new Poller({
    clock: systemClock,
    archiveEveryMs: 1_000_000,
    observe: ({ observation: { deviceState } }) => deviceState && states.push(deviceState.state),
  });
  onTestFinished(() => poller.stop());
  const bus = new Bus(tcpTransport('127.0.0.1', port), settings, systemClock, () => poller.busChanged('b'));
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the connection');
  const points = [GOOD, WRONG_TRANSACTION, SILENT, HALF].map((address) => ({
    ...{ key: `at${address}`, nameZh: '点', poll: 'fast', table: 'holding', address, type: 'u16' },
  }));
  const sheet = { id: 'odd', driver: 'modbus', maker: 'none', model: 'odd', nameZh: '怪', verified: 'second-hand' };
  const parsed = modbus.parseProfile({ ...sheet, manual: { title: 'none', edition: 'none', pages: '1' }, points });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes));
  const { profile } = parsed;
  const config = deviceSchema.parse({ id: 'd', bus: 'b', unit: 1, profile: profile.id });
  const cost = lineCost(busConfig, config);
  const session = modbus.open({ device: 'd', address: '1', profile, medium: 'ip', knowledge: {}, cost });
  const periods = { alarm: PERIOD_MS, fast: PERIOD_MS, normal: PERIOD_MS, slow: PERIOD_MS, rare: PERIOD_MS };
  poller.add({ config, profile, session, bus, busConfig, periods, baselines: new Map() });
  return states;
}

it('does not flap between degraded and offline, goes on being read, and is offline soon after it dies', async () => {
  const { server, port } = await oddServer();
  const states = await polled(port);
  // At the start the bad blocks may be met before the good one, and be taken for the device.
  await until(() => states.at(-1) === 'degraded' && server.goodPolls > 10, 'it to be degraded');
  const before = states.length;
  await until(() => server.goodPolls > 50, 'forty more good polls', 20_000);
  expect(states.slice(before)).toEqual([]);
  server.dead = true;
  await until(() => states.at(-1) === 'offline', 'it to be offline', 5_000);
  server.dead = false;
  await until(() => states.at(-1) === 'degraded', 'it to be back');
});
