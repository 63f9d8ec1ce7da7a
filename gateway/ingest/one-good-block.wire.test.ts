/** A Modbus TCP device of whose blocks only one is answered as it should be: it is degraded and stays so, until it dies. */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { answerInTurn } from '../bus/testing/requests-in-turn.ts';
import { until } from '../testing/programs.ts';
import { pollDevice } from './testing/polled-device.ts';

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
  return { server, port: await answerInTurn(REQUEST_BYTES, answer) };
}

async function polled(port: number): Promise<string[]> {
  const states: string[] = [];
  const points = [GOOD, WRONG_TRANSACTION, SILENT, HALF].map((address) => ({
    ...{ key: `at${address}`, nameZh: '点', poll: 'fast', table: 'holding', address, type: 'u16' },
  }));
  const sheet = { id: 'odd', driver: 'modbus', maker: 'none', model: 'odd', nameZh: '怪', verified: 'second-hand' };
  await pollDevice({
    ...{ port, type: 'modbus-tcp', replyTimeoutMs: REPLY_TIMEOUT_MS, periodMs: PERIOD_MS, breaker: BREAKER },
    sheet: { ...sheet, manual: { title: 'none', edition: 'none', pages: '1' }, points },
    observe: ({ observation: { deviceState } }) => deviceState && states.push(deviceState.state),
  });
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
