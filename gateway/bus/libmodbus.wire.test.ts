/** Our master against libmodbus's own unit-test server, on TCP and on RTU over a pseudo-terminal. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Link } from '../../drivers/contract.ts';
import { DriverError } from '../../drivers/errors.ts';
import { createCodec } from '../../drivers/modbus/codec.ts';
import { Master } from '../../drivers/modbus/master.ts';
import { systemClock } from '../clock.ts';
import { busSchema, deviceSchema } from '../config/schema.ts';
import { freePort, serialPair, startLibmodbusServer, until, type Program } from '../testing/programs.ts';
import { Bus } from './bus.ts';
import { createLink } from './link.ts';
import { SerialTransport } from './serial.ts';
import { tcpTransport } from './tcp.ts';
import type { Transport } from './transport.ts';

/** Addresses and values of /usr/include: unit-test.h of libmodbus 3.1.6. */
const REGISTERS = 0x160;
const EXCEPTION_BUSY = 0x170;
const WRONG_ID_OR_UNIT = 0x171;
const SLEEPS_500_MS = 0x172;
const SLOW_BYTES = 0x173;

const limit = { maxRegisters: 125, maxBits: 2000, evenRegisters: false };

interface Rig {
  readonly bus: Bus;
  readonly master: Master;
  readonly link: Link;
  readonly tearDown: () => Promise<void>;
}

async function rig(kind: 'modbus-tcp' | 'serial'): Promise<Rig> {
  let server: Program;
  let transport: Transport;
  let cut: () => Promise<void> = () => Promise.resolve();
  let where: object;
  if (kind === 'serial') {
    const pair = await serialPair();
    cut = pair.cut;
    server = await startLibmodbusServer({ serialPath: pair.far });
    where = { type: 'serial', path: pair.near, baud: 115200 };
    transport = new SerialTransport(pair.near, { baud: 115200, format: '8N1' });
  } else {
    const port = await freePort();
    server = await startLibmodbusServer({ tcpPort: port });
    where = { type: 'modbus-tcp', host: '127.0.0.1', port };
    transport = tcpTransport('127.0.0.1', port);
  }
  const config = busSchema.parse({ id: 'b', replyTimeoutMs: 250, ...where });
  const device = deviceSchema.parse({ id: 'd', bus: 'b', unit: 17, profile: 'none' });
  const breaker = { failures: 100, firstBackoffMs: 1_000, maxBackoffMs: 1_000 };
  const bus = new Bus(
    transport,
    { id: 'b', interByteTimeoutMs: 100, echo: false, breaker, silenceLimit: 0 },
    systemClock,
  );
  bus.start();
  await until(() => bus.state === 'open', 'the bus to open');
  return {
    bus,
    master: new Master(createCodec(), 17, limit),
    link: createLink(bus, config, device, systemClock, { priority: 'ordinary' }),
    tearDown: async () => {
      await bus.stop();
      await server.stop();
      await cut();
    },
  };
}

/** The DriverError that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<DriverError> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DriverError)) throw error;
  return error;
}

describe.each(['modbus-tcp', 'serial'] as const)('libmodbus over %s', (kind) => {
  let on: Rig;
  beforeAll(async () => {
    on = await rig(kind);
  });
  afterAll(() => on.tearDown());

  it('reads bits and input registers as the server has them', async () => {
    const bits = await on.master.read(on.link, 'discrete', 0x1c4, 0x16);
    // UT_INPUT_BITS_TAB is AC DB 35, least significant bit first, 22 bits.
    expect(bits.map(Number).join('')).toBe('0011010111011011101011');
    expect(await on.master.read(on.link, 'input', 0x108, 1)).toEqual([0x000a]);
  });

  it('writes coils and registers, one and many, and reads them back', async () => {
    await on.master.write(on.link, { fc: 5, address: 0x130, value: true });
    await on.master.write(on.link, { fc: 15, address: 0x131, values: [false, true, true] });
    expect(await on.master.read(on.link, 'coil', 0x130, 4)).toEqual([true, false, true, true]);
    await on.master.write(on.link, { fc: 6, address: REGISTERS, value: 0x1234 });
    await on.master.write(on.link, { fc: 16, address: REGISTERS + 1, values: [0x0001, 0xffff] });
    expect(await on.master.read(on.link, 'holding', REGISTERS, 3)).toEqual([0x1234, 0x0001, 0xffff]);
  });

  it('gives an exception its name and does not retry what was refused', async () => {
    const busy = await failure(on.master.read(on.link, 'holding', EXCEPTION_BUSY, 1));
    expect([busy.code, busy.detail, busy.retryable]).toEqual(['refused', 6, false]);
    const illegal = await failure(on.master.read(on.link, 'holding', 0, 1));
    expect([illegal.code, illegal.detail]).toEqual(['unsupported', 2]);
  });

  it('counts what was refused, by its kind, and rests nobody for it', async () => {
    const { bus } = on;
    const counted = () => ({ refused: 0, unsupported: 0, ...bus.statistics().errors });
    const before = counted();
    for (let n = 1; n <= 4; n++) await failure(on.master.read(on.link, 'holding', EXCEPTION_BUSY, 1));
    await failure(on.master.read(on.link, 'holding', 0, 1));
    const { refused, unsupported } = counted();
    expect([refused - before.refused, unsupported - before.unsupported]).toEqual([4, 1]);
    expect(bus.statistics().devices[0]).toMatchObject({
      failedInARow: 0,
      lastError: {
        code: 'unsupported',
        message: expect.stringContaining('exception 2 (Illegal Data Address)') as string,
      },
    });
  });

  it('does not take the reply with a wrong transaction id or of another unit', async () => {
    const error = await failure(on.master.read(on.link, 'holding', WRONG_ID_OR_UNIT, 1));
    expect(error.code).toBe('foreign');
  });

  it('does not take a reply of another length than it asked for', async () => {
    // To a master that waits for the late answer to an earlier request, this one would look like that.
    const master = new Master(createCodec(), 17, limit);
    const error = await failure(master.read(on.link, 'holding', REGISTERS, 2));
    expect(error.code).toBe('foreign');
  });

  it('never takes a late reply for the answer to the next read', async () => {
    await on.master.write(on.link, { fc: 6, address: REGISTERS, value: 4711 });
    await on.master.write(on.link, { fc: 6, address: SLEEPS_500_MS, value: 815 });
    expect((await failure(on.master.read(on.link, 'holding', SLEEPS_500_MS, 5))).code).toBe('timeout');
    // The server answers the sleeper while this read of the same length waits for its own answer.
    const values: unknown[] = [];
    for (let attempt = 0; attempt < 10 && values.length < 3; attempt++) {
      const read = await on.master.read(on.link, 'holding', REGISTERS, 5).catch((error: unknown) => {
        if (!(error instanceof DriverError) || error.code !== 'timeout') throw error;
      });
      if (read) values.push(read[0]);
    }
    expect(values).toEqual([4711, 4711, 4711]);
    expect(on.bus.statistics().discardedBytes).toBeGreaterThan(0);
  });

  it.runIf(kind === 'modbus-tcp')('waits for a reply that comes byte by byte', async () => {
    // The server repeats only the low byte of the transaction id here.
    const slow = new Master(createCodec(), 0xff, limit, 0);
    expect(await slow.read(on.link, 'holding', SLOW_BYTES, 1)).toEqual([0]);
  });

  it('answers concurrent reads each with its own data', async () => {
    await on.master.write(on.link, { fc: 16, address: REGISTERS, values: [1, 2, 3, 4, 5, 6, 7, 8] });
    const reads = Array.from({ length: 40 }, (_, i) => on.master.read(on.link, 'holding', REGISTERS + (i % 8), 1));
    expect((await Promise.all(reads)).map(([value]) => value)).toEqual(
      Array.from({ length: 40 }, (_, i) => (i % 8) + 1),
    );
  });
});
