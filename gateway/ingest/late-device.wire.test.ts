/** A device that answers later than its reply time: it is told so, nothing of it is mixed up, and it is soon back when it answers in time. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sealRtu } from '../../drivers/modbus/frame-rtu.ts';
import { answerInTurn, ownAddresses } from '../bus/testing/requests-in-turn.ts';
import { until } from '../testing/programs.ts';
import type { Seen } from './device-task.ts';
import { pollDevice } from './testing/polled-device.ts';

const REPLY_TIMEOUT_MS = 100;
const LATE_MS = 1.5 * REPLY_TIMEOUT_MS;
const PERIOD_MS = 100;
const REQUEST_BYTES = 8;
const BREAKER = { failures: 3, firstBackoffMs: 200, maxBackoffMs: 600_000 };

const transmitter: unknown = JSON.parse(readFileSync('config/profiles/pressure-transmitter.json', 'utf8'));

it('is soon back when it answers in time, however long it was late', async () => {
  let delayMs = LATE_MS;
  let good = 0;
  const reasons: string[] = [];
  const values = new Map<string, Set<unknown>>();
  const port = await answerInTurn(REQUEST_BYTES, async (socket, request) => {
    await sleep(delayMs);
    const reply = sealRtu(1, ownAddresses(request.readUInt16BE(2), request.readUInt16BE(4)));
    if (socket.writable) socket.write(reply);
  });
  const observe = ({ seen, observation }: Seen): void => {
    if (observation.deviceState) reasons.push(observation.deviceState.reason);
    if (seen.length === 0 || seen.some(({ quality }) => quality === 'bad')) return;
    good += 1;
    for (const { point, value } of seen) values.set(point, (values.get(point) ?? new Set()).add(value));
  };
  const bus = await pollDevice({
    ...{ port, type: 'tcp-serial', sheet: transmitter, replyTimeoutMs: REPLY_TIMEOUT_MS, periodMs: PERIOD_MS },
    ...{ breaker: BREAKER, observe },
  });
  // Five rests that are not shortened double to more than six seconds.
  const timeouts = (): number => bus.statistics().devices[0]?.errors.timeout ?? 0;
  await until(() => timeouts() >= BREAKER.failures + 8, 'eight probes in vain', 15_000);
  expect(reasons.at(-1)).toContain('It is alive, and its answers come after');
  expect(bus.known('d').lateMs).toBeGreaterThan(REPLY_TIMEOUT_MS);
  delayMs = 2;
  await until(() => good >= 20, 'twenty good polls', 5_000);
  for (const [point, seen] of values) expect([point, seen.size]).toEqual([point, 1]);
  expect(bus.known('d').lateMs).toBeNull();
});
