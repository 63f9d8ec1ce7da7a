/** A line that is full for a while, as after a start: all that is wanted once a day is due, and what is wanted all the time as well. */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { answerInTurn } from '../bus/testing/requests-in-turn.ts';
import { until } from '../testing/programs.ts';
import { pollDevice } from './testing/polled-device.ts';

const REQUEST_BYTES = 12;
const RARE = 60;
const FREQUENT = 0;
/** No request reads two of them. */
const APART = 1_000;
const ANSWERS_AFTER_MS = 30;
const BREAKER = { failures: 3, firstBackoffMs: 200, maxBackoffMs: 1_000 };

async function slowServer() {
  const asked: number[] = [];
  const answer = async (socket: Socket, request: Buffer): Promise<void> => {
    asked.push(request.readUInt16BE(8));
    await sleep(ANSWERS_AFTER_MS);
    if (socket.writable) socket.write(Buffer.from([...request.subarray(0, 4), 0, 5, 1, 3, 2, 0, 7]));
  };
  return { asked, port: await answerInTurn(REQUEST_BYTES, answer) };
}

it('goes on reading what is wanted all the time while a line is full of what is wanted once a day', async () => {
  const { asked, port } = await slowServer();
  const point = (address: number, poll: string) => {
    return { key: `at${address}`, nameZh: '点', poll, table: 'holding', address, type: 'u16' };
  };
  const rare = Array.from({ length: RARE }, (_, i) => point((i + 1) * APART, 'rare'));
  const sheet = { id: 'busy', driver: 'modbus', maker: 'none', model: 'busy', nameZh: '忙', verified: 'second-hand' };
  const bus = await pollDevice({
    ...{ port, type: 'modbus-tcp', replyTimeoutMs: 1_000, periodMs: 100, rareMs: 100_000, breaker: BREAKER },
    sheet: {
      ...sheet,
      manual: { title: 'none', edition: 'none', pages: '1' },
      points: [point(FREQUENT, 'fast'), ...rare],
    },
    observe: () => undefined,
  });
  let mostQueued = 0;
  const seen = () => new Set(asked).size;
  await until(
    () => {
      mostQueued = Math.max(mostQueued, bus.statistics().queued);
      return seen() === RARE + 1;
    },
    'all to be read',
    60_000,
  );
  expect(asked.filter((address) => address === FREQUENT).length).toBeGreaterThan(RARE / 10);
  expect(mostQueued).toBeLessThan(3);
});
