/** Who may speak when, on a real connection: conversations are not interrupted, and nobody waits for one that has ended. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Exchange, Priority } from '../../drivers/contract.ts';
import { systemClock } from '../clock.ts';
import { until } from '../testing/programs.ts';
import { Bus, type BusRequest } from './bus.ts';
import { tcpTransport } from './tcp.ts';

/** A device that sends each byte back but for those in `deaf`; `heard`: all that has come to it, as letters. */
async function lineTo(deaf = '', breaker = { failures: 2, firstBackoffMs: 10_000, maxBackoffMs: 10_000 }) {
  const heard: string[] = [];
  const answer = (socket: Socket, byte: number): void => {
    const letter = String.fromCharCode(byte);
    heard.push(letter);
    if (!deaf.includes(letter)) socket.write(letter);
  };
  const server = createServer((socket) => {
    socket.on('data', (bytes) => {
      for (const byte of bytes) answer(socket, byte);
    });
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const bus = new Bus(
    tcpTransport('127.0.0.1', (server.address() as AddressInfo).port),
    { id: 'b', interByteTimeoutMs: 20, echo: false, breaker, silenceLimit: 3 },
    systemClock,
  );
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the connection');
  return { bus, heard };
}

/** What one device's link asks: a letter each time. Some promises later than the bus answers, as a driver is. */
function speaker(bus: Bus, device: string, priority: Priority = 'ordinary') {
  const request: BusRequest = { device, replyTimeoutMs: 60, byteMs: 0, gapMs: 0, priority };
  return async (letter: string, { keep = false, optional = false } = {}): Promise<Uint8Array> => {
    const reply = await bus.exchange(ask(letter, keep, optional), request);
    for (let n = 1; n <= 5; n++) await Promise.resolve();
    return reply;
  };
}

function ask(letter: string, keep: boolean, optional: boolean): Exchange {
  return {
    request: Uint8Array.from(Buffer.from(letter)),
    keep,
    reply: {
      scan: ({ length }) => (length > 0 ? { state: 'reply', start: 0, end: 1 } : { state: 'incomplete' }),
      diagnose: () => ({ code: 'timeout', message: 'no answer' }),
      expectedLength: 1,
      optional,
    },
  };
}

it('lets nobody between the exchanges of a conversation, and a command in right after it', async () => {
  const { bus, heard } = await lineTo();
  const meter = speaker(bus, 'meter');
  const conversation = (async () => {
    await meter('s', { keep: true });
    await meter('r', { keep: true });
    await meter('r');
    await meter('x');
  })();
  const others = [
    speaker(bus, 'poll')('p'),
    speaker(bus, 'alarm', 'alarm')('a'),
    speaker(bus, 'relay', 'command')('c'),
  ];
  await Promise.all([conversation, ...others]);
  expect(heard.join('')).toBe('srrcapx');
});

it('keeps the line when an exchange of a conversation fails, so that it can be asked again', async () => {
  const { bus, heard } = await lineTo('s');
  const meter = speaker(bus, 'meter');
  const conversation = (async () => {
    await expect(meter('s', { keep: true })).rejects.toMatchObject({ code: 'timeout' });
    await meter('r');
  })();
  await Promise.all([conversation, speaker(bus, 'relay', 'command')('c')]);
  expect(heard.join('')).toBe('src');
});

it('lets the line go when the next word of a conversation is not said at once', async () => {
  const { bus, heard } = await lineTo();
  const meter = speaker(bus, 'meter');
  await meter('s', { keep: true });
  await speaker(bus, 'poll')('p');
  await meter('r');
  expect(heard.join('')).toBe('spr');
});

it('lets others speak after sixteen exchanges of one conversation', async () => {
  const { bus, heard } = await lineTo();
  const meter = speaker(bus, 'meter');
  const conversation = (async () => {
    for (let n = 1; n <= 20; n++) await meter('s', { keep: true });
  })();
  await Promise.all([conversation, speaker(bus, 'relay', 'command')('c')]);
  expect(heard.join('').replace(/s+/g, (run) => `${run.length} `)).toBe('16 c4 ');
});

it('gives what was heard where nobody owes an answer, and charges nobody with silence', async () => {
  const { bus } = await lineTo('s');
  const search = speaker(bus, 'search');
  for (let n = 1; n <= 4; n++) expect(await search('s', { optional: true })).toHaveLength(0);
  expect([...(await search('r', { optional: true }))]).toEqual([...Buffer.from('r')]);
  const [statistics] = bus.statistics().devices;
  expect(statistics).toMatchObject({ exchanges: 5, errors: {}, breaker: 'closed', failedInARow: 0 });
  expect(bus.statistics()).toMatchObject({ reconnects: 0, errors: {} });
});

it('leaves the probe of a resting device to the exchange that owes an answer', async () => {
  const { bus } = await lineTo('s', { failures: 1, firstBackoffMs: 100, maxBackoffMs: 100 });
  const meter = speaker(bus, 'meter');
  await expect(meter('s')).rejects.toMatchObject({ code: 'timeout' });
  await expect(meter('r')).rejects.toMatchObject({ code: 'unsent' });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(await meter('s', { optional: true })).toHaveLength(0);
  await meter('r');
  expect(bus.statistics().devices).toMatchObject([{ failedInARow: 0, breaker: 'closed' }]);
});
