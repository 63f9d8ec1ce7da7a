/** Meters of both versions behind a serial device server, on a line with echo, noise, strangers and replies in pieces. */
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../gateway/clock.ts';
import { busSchema, deviceSchema } from '../../gateway/config/schema.ts';
import { Bus } from '../../gateway/bus/bus.ts';
import { createLink } from '../../gateway/bus/link.ts';
import { tcpTransport } from '../../gateway/bus/tcp.ts';
import { until } from '../../gateway/testing/programs.ts';
import type { Link } from '../contract.ts';
import { detectVersion } from './detect-version.ts';
import { discoverMeter } from './discover-meter.ts';
import { broadcastTime, readClock } from './meter-clock.ts';
import { freeze } from './meter-freeze.ts';
import { commandRelay } from './meter-relay.ts';
import { readItem } from './read-item.ts';
import { fromHex } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const NEW = { address: '000000000161', version: '2007' } as const;
const OLD = { address: '010003635927', version: '1997' } as const;
const DEAD = '000000000999';
const NO_STATUS = '0000';

/** The state of the meter of 2007. */
interface State {
  relay: string;
  clock: string;
  frozen: boolean;
  /** How often its status word still shows the old state after a trip. */
  lag: number;
}

/** What the line carries after a request: nothing from who is not asked. Written from the byte tables. */
function answerOf(state: State, request: Buffer): Uint8Array[] {
  const start = request.indexOf(0x68);
  const address = Buffer.from(request.subarray(start + 1, start + 7))
    .reverse()
    .toString('hex');
  const control = request[start + 8] ?? 0;
  const data = Buffer.from(request.subarray(start + 10, -2).map((byte) => byte - 0x33)).toString('hex');
  const isFor = (meter: string): boolean => address === meter || address === 'aaaaaaaaaaaa';
  if (control === 0x08 && address === '999999999999') {
    state.clock = data;
    return [];
  }
  if (isFor(NEW.address) && control !== 0x01)
    return [newMeter(state, control, data)].filter((reply) => reply.length > 0);
  if (address === OLD.address && control === 0x01) {
    return [data === '1090' ? wireFrame(OLD.address, 0x81, '1090 75660000') : wireFrame(OLD.address, 0xc1, '02')];
  }
  return [];
}

function newMeter(state: State, control: number, data: string): Uint8Array {
  const reply = (answer: number, text = ''): Uint8Array => wireFrame(NEW.address, answer, text);
  if (control === 0x13) return reply(0x93, '610100000000');
  if (control === 0x16) {
    state.frozen = true;
    return reply(0x96);
  }
  if (control === 0x1c) {
    state.relay = data.slice(16, 18) === '1a' ? '5000' : NO_STATUS;
    return reply(0x9c);
  }
  if (control === 0x12) {
    const sequence = data.slice(8, 10);
    return sequence === '01' ? reply(0xb2, '00ff0100 0062000000 01') : reply(0x92, '00ff0100 60000000 02');
  }
  switch (data) {
    case '00000100':
      return reply(0x91, '00000100 56341200');
    case '00ff0100':
      return reply(0xb1, '00ff0100 290100');
    case '01010004':
      return reply(0x91, `01010004 04${state.clock.slice(6)}`);
    case '02010004':
      return reply(0x91, `02010004 ${state.clock.slice(0, 6)}`);
    case '01010105':
      return state.frozen ? reply(0x91, '01010105 56341200') : reply(0xd1, '02');
    case '03050004':
      return reply(0x91, `03050004 ${state.lag-- > 0 ? NO_STATUS : state.relay}`);
    default:
      return reply(0xd1, '02');
  }
}

/** An adapter that echoes; noise, wake-up bytes and a stranger's late reply come before each reply, which comes in pieces. */
function lineWith(state: State): Server {
  const carry = async (socket: Socket, request: Buffer): Promise<void> => {
    socket.write(request);
    for (const reply of answerOf(state, request)) {
      const stranger = wireFrame('000000000162', 0x91, '00000100 99999999');
      for (const part of [fromHex('00ff16'), stranger, fromHex('fefefefe'), reply.subarray(0, 7), reply.subarray(7)]) {
        await sleep(1);
        if (socket.writable) socket.write(part);
      }
    }
  };
  return createServer((socket) => {
    let turn: Promise<void> = Promise.resolve();
    socket.on('error', () => socket.destroy());
    socket.on('data', (request) => {
      turn = turn.then(() => carry(socket, Buffer.from(request)));
    });
  });
}

let state: State;
let server: Server;
let bus: Bus;
let link: Link;

beforeEach(async () => {
  state = { relay: NO_STATUS, clock: '325318110116', frozen: false, lag: 1 };
  server = lineWith(state).listen(0, '127.0.0.1');
  const port = await until(() => {
    const address = server.address();
    return address !== null && typeof address === 'object' && address.port;
  }, 'the line to listen');
  const breaker = { failures: 10_000, firstBackoffMs: 100, maxBackoffMs: 100 };
  bus = new Bus(
    tcpTransport('127.0.0.1', port),
    { id: 'b', interByteTimeoutMs: 100, echo: false, breaker, silenceLimit: 0 },
    systemClock,
  );
  bus.start();
  await until(() => bus.state === 'open', 'the bus to open');
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 9600, format: '8E1', replyTimeoutMs: 300 };
  const device = deviceSchema.parse({ id: 'd', bus: 'b', unit: 1, profile: 'none' });
  link = createLink(bus, busSchema.parse({ id: 'b', ...where }), device, systemClock, { priority: 'ordinary' });
});

afterEach(async () => {
  await bus.stop();
  server.close();
});

it('reads an item, and one that takes several frames', async () => {
  expect(await readItem(link, NEW, '00010000')).toMatchObject({ values: [{ value: '1234.56', unit: 'kWh' }] });
  expect(await readItem(link, NEW, '0001FF00')).toMatchObject({
    frames: 3,
    values: [{ value: '1.29' }, { value: '0.62' }, { value: '0.60' }],
  });
});

it('reads a meter of 1997 on the same line', async () => {
  expect(await readItem(link, OLD, '9010')).toMatchObject({ values: [{ value: '66.75', unit: 'kWh' }] });
  await expect(readItem(link, OLD, 'B611')).rejects.toMatchObject({ code: 'unsupported' });
});

it('tells the versions apart, and a dead meter from both', async () => {
  expect(await detectVersion(link, NEW.address)).toBe('2007');
  expect(await detectVersion(link, OLD.address)).toBe('1997');
  await expect(detectVersion(link, DEAD)).rejects.toMatchObject({ code: 'timeout' });
  await expect(readItem(link, { ...NEW, address: DEAD }, '00010000')).rejects.toMatchObject({
    code: 'timeout',
    message: 'no answer from meter 000000000999',
  });
});

it('finds the meter that says its address', async () => {
  expect(await discoverMeter(link)).toEqual(NEW);
});

it('sets all clocks without waiting for an answer, and reads what came of it', async () => {
  expect(await readClock(link, NEW)).toMatchObject({ localTime: '2016-01-11 18:53:32' });
  await broadcastTime(link, { year: 2024, month: 2, day: 29, hour: 23, minute: 59, second: 58 });
  expect(await readClock(link, NEW)).toMatchObject({ localTime: '2024-02-29 23:59:58', weekday: 4 });
});

it('freezes, and reads what was kept', async () => {
  await expect(readItem(link, NEW, '05010101')).rejects.toMatchObject({ code: 'unsupported' });
  await freeze(link, NEW.address, { each: 'now' });
  expect(await readItem(link, NEW, '05010101')).toMatchObject({ shape: 'one', values: [{ value: '1234.56' }] });
});

it('trips and closes, and believes only the status word', async () => {
  const order = {
    credentials: { level: '02', password: '123456', operator: '00000001' },
    validUntil: { year: 2030, month: 1, day: 1, hour: 0, minute: 0, second: 0 },
  };
  const tripped = await commandRelay(link, NEW, { ...order, command: 'trip' });
  expect(tripped).toMatchObject({ answered: true, state: { relayOpen: true, commandOpen: true } });
  const permitted = await commandRelay(link, NEW, { ...order, command: 'closePermit' });
  expect(permitted).toMatchObject({ state: { relayOpen: false, commandOpen: false } });
});
