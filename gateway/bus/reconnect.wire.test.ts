/** A TCP line whose far end takes connections and closes them again, as a device server does that serves others already. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../clock.ts';
import { until } from '../testing/programs.ts';
import { Bus } from './bus.ts';
import { tcpTransport } from './tcp.ts';

const BREAKER = { failures: 1_000, firstBackoffMs: 100, maxBackoffMs: 100 };

/** `full`: connections are taken and closed. */
async function deviceServer() {
  const server = { full: true, taken: 0, sockets: new Set<Socket>() };
  const listener = createServer((socket) => {
    server.taken += 1;
    server.sockets.add(socket);
    socket.on('error', () => undefined);
    if (server.full) socket.destroy();
    else socket.on('data', (bytes) => void socket.write(bytes));
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(() => void listener.close());
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: false, breaker: BREAKER, silenceLimit: 4 };
  const bus = new Bus(tcpTransport('127.0.0.1', (listener.address() as AddressInfo).port), settings, systemClock);
  bus.start();
  onTestFinished(() => bus.stop());
  return { bus, server };
}

it('is connected to ever more seldom, and soon again once a connection has been of use', async () => {
  const began = performance.now();
  const { bus, server } = await deviceServer();
  await until(() => server.taken >= 5, 'the fifth connection');
  // Four pauses of half of 250, 500, 1000 and 2000 ms at least.
  expect(performance.now() - began).toBeGreaterThan(1_800);
  server.full = false;
  await until(() => server.taken >= 6 && bus.state === 'open', 'a connection that stays');
  const exchange = {
    request: Uint8Array.of(1),
    reply: {
      scan: (received: Uint8Array) =>
        received.length > 0 ? { state: 'reply' as const, start: 0, end: 1 } : { state: 'incomplete' as const },
      diagnose: () => ({ code: 'timeout' as const, message: 'no answer' }),
      expectedLength: 1,
    },
  };
  await bus.exchange(exchange, { device: 'd', replyTimeoutMs: 5_000, byteMs: 0, gapMs: 0, priority: 'ordinary' });
  const lost = performance.now();
  const taken = server.taken;
  for (const socket of server.sockets) socket.destroy();
  await until(() => server.taken > taken, 'the next connection');
  // A pause that had gone on growing would be 4 s at least.
  expect(performance.now() - lost).toBeLessThan(3_900);
});
