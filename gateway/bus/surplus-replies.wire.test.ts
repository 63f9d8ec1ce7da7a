/** A device behind a serial device server that answers everything twice: no copy is taken for an answer, and it is found out. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { DriverError } from '../../drivers/errors.ts';
import { sealRtu } from '../../drivers/modbus/frame-rtu.ts';
import { until } from '../testing/programs.ts';
import { masterOnBus } from './testing/master-on-bus.ts';

const ADDRESSES = [0, 100, 200, 1000];
const REPLY_TIMEOUT_MS = 400;

interface Habit {
  /** From a request to each of its replies, in milliseconds; as it is when the request comes. */
  repliesAfterMs: readonly number[];
}

/** Every register holds its own address plus one; register 9 is not there. */
async function lineTo(habit: Habit) {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (request) => {
      const [start, count] = [request.readUInt16BE(2), request.readUInt16BE(4)];
      const words = Array.from({ length: count }, (_, i) => [(start + i + 1) >> 8, (start + i + 1) & 0xff]).flat();
      const pdu = start === 9 ? [0x83, 2] : [3, words.length, ...words];
      for (const ms of habit.repliesAfterMs) {
        setTimeout(() => socket.writable && socket.write(sealRtu(1, Uint8Array.from(pdu))), ms);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { bus, link, master } = await masterOnBus(port, REPLY_TIMEOUT_MS);
  const read = async (address: number, count = 1): Promise<unknown> => {
    try {
      return (await master.read(link, 'holding', address, count))[0];
    } catch (error) {
      if (error instanceof DriverError) return error.code;
      throw error;
    }
  };
  const surplus = (): number => bus.statistics().surplusReplies;
  return { bus, read, surplus };
}

it('is found out, and from then on a value is right or missing', async () => {
  const { bus, read, surplus } = await lineTo({ repliesAfterMs: [80, 180] });
  for (let n = 0; surplus() === 0; n += 1) await read(ADDRESSES[n % ADDRESSES.length] ?? 0);
  expect(bus.known('d').repeats).toBe(true);
  expect(bus.statistics().hint).toBe(
    'more replies come than are asked for (d): look for a second master, a repeater, or two devices with one address',
  );
  // Each of these waits until no copy of the one before can come any more.
  const values = await Promise.all([100, 200, 1000].map((address) => read(address)));
  expect(values).toEqual([101, 201, 1001]);
  expect(bus.statistics().devices[0]?.surplusReplies).toBeGreaterThan(2);
});

it('is read of all that is asked for, in turn', async () => {
  const { read, surplus } = await lineTo({ repliesAfterMs: [5, 30] });
  for (let n = 0; surplus() === 0; n += 1) await read(ADDRESSES[n % ADDRESSES.length] ?? 0);
  // Somebody asks for the first one again as soon as it has come: the others must not wait for ever.
  const come: number[] = [];
  const again = async (): Promise<void> => {
    for (let n = 0; n < 2; n += 1) come.push(Number(await read(0)));
  };
  await Promise.all([again(), read(100).then((value) => come.push(Number(value)))]);
  expect(come).toEqual([1, 101, 1]);
});

it('drops an answer for which it waited while the first copy was heard', async () => {
  const habit = { repliesAfterMs: [5, 250] };
  const { read, surplus } = await lineTo(habit);
  expect([await read(100, 1), await read(100, 2)]).toEqual([101, 101]);
  habit.repliesAfterMs = [390];
  // The copy of the first reply is of another length; that of the second is taken for the answer.
  expect(await read(200, 2)).toBe('foreign');
  expect(surplus()).toBe(1);
});

it('does not take a copy of a refusal for a refusal', async () => {
  const habit = { repliesAfterMs: [5, 60, 120] };
  const { read, surplus } = await lineTo(habit);
  expect(await read(9)).toBe('unsupported');
  await until(() => surplus() > 0, 'the first copy');
  habit.repliesAfterMs = [200];
  expect(await read(100)).toBe(101);
});

it.each([
  ['answers once', [5]],
  ['answers late, and once', [REPLY_TIMEOUT_MS + 50]],
])('is not suspected when it %s', async (_, repliesAfterMs) => {
  const { bus, read, surplus } = await lineTo({ repliesAfterMs });
  for (const address of ADDRESSES) await read(address);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(surplus()).toBe(0);
  expect(bus.statistics().hint).toBeNull();
});
