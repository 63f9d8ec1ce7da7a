/** Reads that wait for each other on a serial line whose device answers late, and whose line is noisy: nothing is mixed up. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { DriverError } from '../../drivers/errors.ts';
import { sealRtu } from '../../drivers/modbus/frame-rtu.ts';
import { masterOnBus } from './testing/master-on-bus.ts';
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
  const { link, master } = await masterOnBus(port, REPLY_TIMEOUT_MS);
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
});
