/** A process that is held up: an answer that came in time is taken, however late it is read. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import type { Exchange } from '../../drivers/contract.ts';
import { systemClock } from '../clock.ts';
import { until } from '../testing/programs.ts';
import { Bus } from './bus.ts';
import { tcpTransport } from './tcp.ts';

const REPLY_TIMEOUT_MS = 150;
const HELD_UP_MS = 400;

/** On a thread of its own, which goes on while this one is held up: answers the byte n after n × 10 ms, and 0 never. */
const DEVICE = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', ([n]) => n > 0 && setTimeout(() => socket.write(Uint8Array.of(n)), n * 10));
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

const IN_TIME = Uint8Array.of(5);
const NEVER = Uint8Array.of(0);

function exchangeOf(request: Uint8Array): Exchange {
  return {
    request,
    reply: {
      scan: ({ length }) => (length > 0 ? { state: 'reply', start: 0, end: 1 } : { state: 'incomplete' }),
      diagnose: () => ({ code: 'timeout', message: 'no answer' }),
      expectedLength: 1,
    },
  };
}

async function busToDevice() {
  const device = new Worker(DEVICE, { eval: true });
  onTestFinished(() => void device.terminate());
  const [port] = (await once(device, 'message')) as [number];
  const breaker = { failures: 99, firstBackoffMs: 100, maxBackoffMs: 100 };
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: false, breaker, silenceLimit: 0 };
  const bus = new Bus(tcpTransport('127.0.0.1', port), settings, systemClock);
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the connection');
  const how = { device: 'd', replyTimeoutMs: REPLY_TIMEOUT_MS, byteMs: 0, gapMs: 0, priority: 'ordinary' } as const;
  return (request: Uint8Array) => bus.exchange(exchangeOf(request), how);
}

/** Nothing is read and no timer wakes meanwhile. */
function holdUp(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it('takes the answer that lies unread when its timer wakes too late', async () => {
  const ask = await busToDevice();
  await ask(IN_TIME);
  const answer = ask(IN_TIME);
  setImmediate(() => holdUp(HELD_UP_MS));
  expect([...(await answer)]).toEqual([...IN_TIME]);
});

it('finds a device that does not answer silent all the same', async () => {
  const ask = await busToDevice();
  await ask(IN_TIME);
  const answer = ask(NEVER);
  setImmediate(() => holdUp(HELD_UP_MS));
  await expect(answer).rejects.toMatchObject({ code: 'timeout' });
});
