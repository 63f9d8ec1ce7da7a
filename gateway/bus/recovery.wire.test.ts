/** A TCP line whose devices fall silent, together or alone, and answer again. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Exchange, Priority } from '../../drivers/contract.ts';
import { systemClock } from '../clock.ts';
import { until } from '../testing/programs.ts';
import { Bus } from './bus.ts';
import { tcpTransport } from './tcp.ts';

/** Nobody would be asked again within a test. */
const LONG_REST = { failures: 1, firstBackoffMs: 60_000, maxBackoffMs: 60_000 };
const NO_REST = { failures: 1_000, firstBackoffMs: 100, maxBackoffMs: 100 };

const SILENT = 'DriverError: no answer';

/** Devices named by a letter: each sends its letter back when it is sent, but for those in `deaf`. */
async function lineTo(breaker: typeof LONG_REST) {
  const line = { deaf: '' };
  const server = createServer((socket) => {
    socket.on('data', (bytes) => {
      for (const letter of bytes.toString()) if (!line.deaf.includes(letter)) socket.write(letter);
    });
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: false, breaker, silenceLimit: 4 };
  const bus = new Bus(tcpTransport('127.0.0.1', (server.address() as AddressInfo).port), settings, systemClock);
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the connection');
  const ask = async (device: string, priority: Priority = 'ordinary'): Promise<string> => {
    const request = { device, replyTimeoutMs: 40, byteMs: 0, gapMs: 0, priority };
    return bus.exchange(exchangeOf(device), request).then(
      () => 'answers',
      (error: unknown) => String(error),
    );
  };
  const askAll = (devices: string): Promise<string[]> => Promise.all(Array.from(devices, (each) => ask(each)));
  const asked = (device: string): number =>
    bus.statistics().devices.find((each) => each.device === device)?.exchanges ?? 0;
  return { bus, line, ask, askAll, asked };
}

function exchangeOf(letter: string): Exchange {
  return {
    request: Uint8Array.from(Buffer.from(letter)),
    reply: {
      scan: (received) => {
        const start = Buffer.from(received).indexOf(letter);
        return start < 0 ? { state: 'incomplete' } : { state: 'reply', start, end: start + 1 };
      },
      diagnose: () => ({ code: 'timeout', message: 'no answer' }),
      expectedLength: 1,
    },
  };
}

it('probes those soon that fell silent with the line, once one of them answers', async () => {
  const { line, ask, askAll } = await lineTo(LONG_REST);
  expect(await askAll('abc')).toEqual(['answers', 'answers', 'answers']);
  line.deaf = 'abc';
  expect(await askAll('abc')).toEqual(Array(3).fill(SILENT));
  expect(await ask('b')).toContain('resting');
  line.deaf = '';
  expect(await ask('a', 'command')).toBe('answers');
  const back = new Set<string>();
  const look = async (): Promise<void> => {
    for (const each of 'bc') if ((await ask(each)) === 'answers') back.add(each);
  };
  const looking = setInterval(() => void look(), 50);
  onTestFinished(() => clearInterval(looking));
  await until(() => back.size === 2, 'both to be back');
});

it('probes one of them once that is still silent, however often the others answer', async () => {
  const { line, ask, askAll, asked } = await lineTo(LONG_REST);
  line.deaf = 'ab';
  await askAll('ab');
  line.deaf = 'b';
  expect(await ask('a', 'command')).toBe('answers');
  await until(() => {
    void ask('b');
    return asked('b') === 2;
  }, 'one probe');
  for (let n = 1; n <= 5; n++) {
    expect(await ask('a')).toBe('answers');
    expect(await ask('b')).toContain('resting');
  }
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  expect(await ask('b')).toContain('resting');
  expect(asked('b')).toBe(2);
});

it('keeps its connection however long one unit is silent that has never answered, or did until now', async () => {
  const { bus, line, ask } = await lineTo(NO_REST);
  line.deaf = 'x';
  expect([await ask('a'), await ask('b')]).toEqual(['answers', 'answers']);
  for (let n = 1; n <= 6; n++) expect(await ask('x')).toBe(SILENT);
  line.deaf = 'xb';
  for (let n = 1; n <= 6; n++) expect(await ask('b')).toBe(SILENT);
  expect([bus.state, bus.statistics().reconnects]).toEqual(['open', 0]);
  expect(await ask('a')).toBe('answers');
});

it('is connected anew when all have fallen silent that answered', async () => {
  const { bus, line, ask } = await lineTo(NO_REST);
  expect([await ask('a'), await ask('b')]).toEqual(['answers', 'answers']);
  line.deaf = 'ab';
  for (let n = 1; n <= 3; n++) expect(await ask('b')).toBe(SILENT);
  expect(await ask('a')).toBe(SILENT);
  expect(bus.reason).toBe('4 requests in a row met silence: the connection is opened anew');
});
