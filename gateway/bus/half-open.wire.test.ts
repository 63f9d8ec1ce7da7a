/** A TCP connection that is cut without a word: what was written into it never arrives later, and another one takes its place. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Exchange } from '../../drivers/contract.ts';
import { systemClock } from '../clock.ts';
import { until } from '../testing/programs.ts';
import { Bus } from './bus.ts';
import { tcpTransport } from './tcp.ts';
import { startCutWire } from './testing/cut-wire.ts';

const LOOK = Uint8Array.of(1);
const ACT = Uint8Array.of(2);

/** A device that echoes each byte; `heard`: all that has ever come to it. */
async function echoDevice() {
  const heard: number[] = [];
  const connections = { opened: 0, closed: 0 };
  const server = createServer((socket) => {
    connections.opened += 1;
    socket.on('data', (bytes) => {
      heard.push(...bytes);
      socket.write(bytes);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => (connections.closed += 1));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { heard, connections, port: (server.address() as AddressInfo).port };
}

function exchangeOf(request: Uint8Array): Exchange {
  return {
    request,
    effect: request === ACT,
    reply: {
      scan: ({ length }) => (length > 0 ? { state: 'reply', start: 0, end: 1 } : { state: 'incomplete' }),
      diagnose: () => ({ code: 'timeout', message: 'no answer' }),
      expectedLength: 1,
    },
  };
}

async function busBehindWire() {
  const device = await echoDevice();
  const wire = await startCutWire(device.port);
  const breaker = { failures: 99, firstBackoffMs: 100, maxBackoffMs: 100 };
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: false, breaker, silenceLimit: 4 };
  const bus = new Bus(tcpTransport('127.0.0.1', wire.port), settings, systemClock);
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the connection');
  const how = { device: 'd', replyTimeoutMs: 150, byteMs: 0, gapMs: 0, priority: 'command' } as const;
  const ask = (request: Uint8Array) => bus.exchange(exchangeOf(request), how);
  return { bus, wire, ask, ...device };
}

it('is reset after a write that was not answered, and the write does not arrive when the wire is mended', async () => {
  const { bus, wire, ask, heard, connections } = await busBehindWire();
  await ask(LOOK);
  wire.cut();
  await expect(ask(ACT)).rejects.toMatchObject({ code: 'timeout' });
  expect([bus.state, bus.reason]).toEqual(['closed', 'a write met silence: the connection is opened anew']);
  await until(() => bus.state === 'open', 'another connection');
  wire.mend();
  await ask(LOOK);
  await until(() => connections.closed === 1, 'the end of the first connection');
  expect(heard).toEqual([...LOOK, ...LOOK]);
  expect(connections.opened).toBe(2);
});

it('delivers reads late, as TCP does, until there has been silence often enough', async () => {
  const { bus, wire, ask, heard, connections } = await busBehindWire();
  await ask(LOOK);
  wire.cut();
  for (let n = 1; n <= 3; n++) await expect(ask(LOOK)).rejects.toMatchObject({ code: 'timeout' });
  expect(bus.state).toBe('open');
  wire.mend();
  await until(() => heard.length === 4, 'the reads that waited');
  expect(connections).toEqual({ opened: 1, closed: 0 });
});

it('is reset by a stop, which takes a write back that waits in it', async () => {
  const { bus, wire, ask, heard, connections } = await busBehindWire();
  await ask(LOOK);
  wire.cut();
  const write = ask(ACT);
  await bus.stop();
  await expect(write).rejects.toMatchObject({ code: 'closed' });
  await until(() => wire.resets() === 1, 'the reset');
  wire.mend();
  await until(() => connections.closed === 1, 'the end of the connection');
  expect(heard).toEqual([...LOOK]);
});
