/** A device whose replies come twice: what was read of it before that was found out is unknown until it is read again. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sealRtu } from '../../drivers/modbus/frame-rtu.ts';
import { answerInTurn, ownAddresses } from '../bus/testing/requests-in-turn.ts';
import { until } from '../testing/programs.ts';
import { MAYBE_COPY } from './advice.ts';
import { pollDevice } from './testing/polled-device.ts';

const REQUEST_BYTES = 8;
const COPY_AFTER_MS = 30;
const transmitter: unknown = JSON.parse(readFileSync('config/profiles/pressure-transmitter.json', 'utf8'));

it('is no longer believed once it is found out, until it is read again', async () => {
  let twice = false;
  const told: string[] = [];
  const port = await answerInTurn(REQUEST_BYTES, (socket, request) => {
    const reply = sealRtu(1, ownAddresses(request.readUInt16BE(2), request.readUInt16BE(4)));
    socket.write(reply);
    if (twice) setTimeout(() => socket.writable && socket.write(reply), COPY_AFTER_MS);
    return Promise.resolve();
  });
  const bus = await pollDevice({
    ...{ port, type: 'tcp-serial', sheet: transmitter, replyTimeoutMs: 300, periodMs: 150 },
    breaker: { failures: 3, firstBackoffMs: 200, maxBackoffMs: 1_000 },
    observe: ({ seen }) => {
      for (const { point, quality, reason } of seen) if (point === 'pressure') told.push(reason ?? quality);
    },
  });
  await until(() => told.filter((each) => each === 'good').length > 3, 'good readings');
  expect(bus.known('d').repeats).toBe(false);
  twice = true;
  await until(() => told.includes(MAYBE_COPY), 'the doubt');
  expect(bus.known('d').repeats).toBe(true);
  const doubted = told.indexOf(MAYBE_COPY);
  await until(() => told.indexOf('good', doubted) > 0, 'a reading that is sure again');
});
