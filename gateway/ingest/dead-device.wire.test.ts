/** Devices that fall silent on a line that is always full: what they cost the others. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sealRtu } from '../../drivers/modbus/frame-rtu.ts';
import { answerInTurn, ownAddresses } from '../bus/testing/requests-in-turn.ts';
import { until } from '../testing/programs.ts';
import { pollDevice } from './testing/polled-device.ts';

const REPLY_TIMEOUT_MS = 60;
const REQUEST_BYTES = 8;
/** Every one of them is always due. */
const PERIOD_MS = 1;
const UNITS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const DEAD: ReadonlySet<number> = new Set([2, 4]);
const BREAKER = { failures: 3, firstBackoffMs: 60_000, maxBackoffMs: 60_000 };

const SHEET = {
  ...{ id: 'one', driver: 'modbus', maker: 'none', model: 'one register', nameZh: '一', verified: 'second-hand' },
  manual: { title: 'none', edition: 'none', pages: '1' },
  points: [{ key: 'level', nameZh: '点', poll: 'fast', table: 'holding', address: 0, type: 'u16' }],
};

it('are asked again one after the other, and only after twenty polls of those that answer', async () => {
  const asked: number[] = [];
  let died = Infinity;
  const port = await answerInTurn(REQUEST_BYTES, async (socket, request) => {
    const unit = request[0] ?? 0;
    asked.push(unit);
    await sleep(2);
    if (DEAD.has(unit) && asked.length > died) return;
    const reply = sealRtu(unit, ownAddresses(request.readUInt16BE(2), request.readUInt16BE(4)));
    if (socket.writable) socket.write(reply);
  });
  const bus = await pollDevice({
    ...{ port, type: 'tcp-serial', sheet: SHEET, units: UNITS, observe: () => undefined },
    ...{ replyTimeoutMs: REPLY_TIMEOUT_MS, periodMs: PERIOD_MS, breaker: BREAKER },
  });
  await until(() => asked.length >= 200, 'a full line');
  died = asked.length;
  const resting = () => bus.statistics().devices.filter(({ breaker }) => breaker === 'open');
  await until(() => resting().length === DEAD.size, 'both to be found out');
  const after = asked.slice(died);
  const deadAt = after.flatMap((unit, i) => (DEAD.has(unit) ? [i] : []));
  expect(deadAt).toHaveLength(DEAD.size * BREAKER.failures);
  // The first is asked again twenty polls after its silence; when the others first meet theirs is as it comes: no gap begins there.
  const again = deadAt.toSpliced(1, DEAD.size - 1);
  const between = again.slice(1).map((at, i) => at - (again[i] ?? 0) - 1);
  // Of the twenty some had begun before.
  expect(Math.min(...between)).toBeGreaterThanOrEqual(15);
});
