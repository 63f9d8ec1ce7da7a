/** Reads that wait for each other on a serial line whose device answers late, and whose line is noisy: nothing is mixed up. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { DriverError } from '../../drivers/errors.ts';
import { createCodec } from '../../drivers/modbus/codec.ts';
import { sealRtu } from '../../drivers/modbus/frame-rtu.ts';
import { Master } from '../../drivers/modbus/master.ts';
import { systemClock } from '../clock.ts';
import { busSchema, deviceSchema } from '../config/schema.ts';
import { until } from '../testing/programs.ts';
import { Bus } from './bus.ts';
import { createLink } from './link.ts';
import { tcpTransport } from './tcp.ts';
import { answerInTurn, ownAddresses } from './testing/requests-in-turn.ts';

const ADDRESSES = [100, 200, 300, 400];
const REQUEST_BYTES = 8;
const REPLY_TIMEOUT_MS = 40;
const LATE_MS = 65;

/**
 * A device behind a serial device server: one request after the other, in order, some of them late; every register holds its
 * own address. `noise` comes while the master waits for a late reply.
 */
function slowDevice(noise: Uint8Array): Promise<number> {
  let requests = 0;
  return answerInTurn(REQUEST_BYTES, async (socket, request) => {
    const late = (requests += 1) % 3 === 0;
    if (late && noise.length > 0) socket.write(noise);
    await sleep(late ? LATE_MS : 1);
    const reply = sealRtu(1, ownAddresses(request.readUInt16BE(2), request.readUInt16BE(4)));
    if (socket.writable) socket.write(reply);
  });
}

it.each([
  ['late replies', new Uint8Array()],
  ['late replies after a stray byte', Uint8Array.of(0x55)],
  ["late replies after another unit's", sealRtu(9, Uint8Array.of(3, 4, 1, 2, 3, 4))],
])('never gives a read the data of another: %s', async (_, noise) => {
  const port = await slowDevice(noise);
  const breaker = { failures: 10_000, firstBackoffMs: 100, maxBackoffMs: 100 };
  const settings = { id: 'b', interByteTimeoutMs: 10, echo: false, breaker, silenceLimit: 0 };
  const bus = new Bus(tcpTransport('127.0.0.1', port), settings, systemClock);
  bus.start();
  await until(() => bus.state === 'open', 'the bus to open');
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 115200, replyTimeoutMs: REPLY_TIMEOUT_MS };
  const config = busSchema.parse({ id: 'b', ...where });
  const device = deviceSchema.parse({ id: 'd', bus: 'b', unit: 1, profile: 'none' });
  const link = createLink(bus, config, device, systemClock, { priority: 'ordinary' });
  const master = new Master(createCodec(), 1, { maxRegisters: 125, maxBits: 16, evenRegisters: false });
  const wrong: unknown[] = [];
  let answered = 0;
  const read = async (address: number): Promise<void> => {
    try {
      const data = await master.read(link, 'holding', address, 2);
      answered += 1;
      if (data[0] !== address || data[1] !== address + 1) wrong.push({ address, data });
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
    }
  };
  for (let round = 0; round < 25; round++) await Promise.all(ADDRESSES.map(read));
  expect(wrong).toEqual([]);
  // A third of all replies is late: what is right comes seldom, and what is wrong never.
  expect(answered).toBeGreaterThan(0);
  await bus.stop();
});
