import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

const EPOCH = START / 1000;
/** Long enough that a reader on a busy machine is not taken for one that does not read. */
const HEARTBEAT_MS = 250;

let gateway: TestGateway;
let port: number;
let clients: Socket[];
beforeEach(async () => {
  clients = [];
  gateway = await createGateway({}, { heartbeatMs: HEARTBEAT_MS });
  port = Number(new URL(await gateway.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await gateway.close();
});

/** Opens the stream, and gathers everything that comes. */
function open(headers = '', query = '') {
  const socket = connect(port, '127.0.0.1');
  clients.push(socket);
  const client = { socket, text: '', closed: false };
  socket.on('data', (data) => (client.text += data.toString()));
  socket.on('close', () => (client.closed = true));
  socket.on('error', () => undefined);
  socket.write(`GET /api/v1/events/stream${query} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
  return client;
}
type Client = ReturnType<typeof open>;

const idsOf = ({ text }: Client) => [...text.matchAll(/^id: \d+:(\d+)\ndata/gm)].map(([, seq]) => Number(seq));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });
const began = (client: Client) => until(() => expect(client.text).toMatch(/event: (start|gap)\n/));

/** Waits until the server has so many connections. */
async function connectionsAre(count: number): Promise<void> {
  const { server } = gateway.app;
  await vi.waitFor(async () => expect(await promisify(server.getConnections.bind(server))()).toBe(count), 10_000);
}

describe('a stream', () => {
  it('begins with its place, and then sends each event as the store has it', async () => {
    await gateway.events({}, {});
    const client = open();
    await began(client);
    expect(client.text).toContain(`id: ${EPOCH}:2\nevent: start\ndata: {"epoch":${EPOCH},"seq":2}\n\n`);
    await gateway.contact('di0', true);
    await until(() => expect(idsOf(client)).toEqual([3]));
    const [, data = ''] = /^id: \d+:3\ndata: (.*)\n/m.exec(client.text) ?? [];
    expect(JSON.parse(data)).toMatchObject({ seq: 3, domain: 'alarm', type: 'raise', source: 'lift-1' });
  });

  it('resumes after its last event without a gap, while more is happening', async () => {
    await gateway.events({}, {}, {});
    const client = open(`Last-Event-ID: ${EPOCH}:1\r\n`);
    const many = Array.from({ length: 40 }, () => ({}));
    for (let n = 0; n < 10; n += 1) await gateway.events(...many);
    await until(() => expect(idsOf(client)).toEqual(range(2, 403)));
  });

  it('goes on from a snapshot whose place is in the query', async () => {
    await gateway.events({}, {}, {});
    const client = open('', `?lastEventId=${EPOCH}:2`);
    await until(() => expect(idsOf(client)).toEqual([3]));
  });

  it('shows that it is alive while nothing happens', async () => {
    const client = open();
    await until(() => expect(client.text.match(/^:$/gm)?.length).toBeGreaterThan(2));
    expect(client.closed).toBe(false);
  });
});

describe('a gap', () => {
  const gap = (oldest: number) =>
    `id: ${EPOCH}:${oldest - 1}\nevent: gap\ndata: {"epoch":${EPOCH},"oldest":${oldest}}\n\n`;

  it.each([
    ['of another epoch', '7:2'],
    ['that is ahead of everything', `${EPOCH}:99`],
  ])('is told before anything else to a client with a place %s', async (_, id) => {
    await gateway.events({}, {});
    const client = open(`Last-Event-ID: ${id}\r\n`);
    await until(() => expect(idsOf(client)).toEqual([1, 2]));
    expect(client.text).toContain(gap(1));
    expect(client.text).not.toContain('event: start');
  });

  it('is told where events are no longer kept, and the stream goes on behind it', async () => {
    await gateway.events({}, {}, {}, {});
    await gateway.store.write('outboxDone', [1, 2, 3, 4]);
    await gateway.store.write('pruneEvents', gateway.time.now + 1, 1);
    const client = open(`Last-Event-ID: ${EPOCH}:1\r\n`);
    await until(() => expect(idsOf(client)).toEqual([4]));
    expect(client.text).toContain(gap(4));
  });
});

describe('clients that do not behave', () => {
  it('drops one that takes nothing, and goes on serving the others', async () => {
    const slow = open();
    await began(slow);
    slow.socket.pause();
    const quick = open();
    await began(quick);
    const data = { text: 'x'.repeat(50_000) };
    // More than both ends of a connection keep for a reader that does not read.
    const many = Array.from({ length: 30 }, () => ({ data }));
    for (let n = 0; n < 10; n += 1) await gateway.events(...many);
    await until(() => expect(idsOf(quick)).toEqual(range(1, 300)));
    await connectionsAre(1);
    slow.socket.resume();
    await until(() => expect(slow.closed).toBe(true));
    expect(idsOf(slow).length).toBeLessThan(300);
    expect(quick.closed).toBe(false);
  });

  it.each(['nonsense', '1', '1:-2', `${EPOCH}:1;2`])('refuses the place %s', async (id) => {
    const client = open(`Last-Event-ID: ${id}\r\n`);
    await until(() => expect(client.text).toContain('HTTP/1.1 400'));
  });

  it('refuses one stream too many, and takes another once one has gone', async () => {
    const streams = Array.from({ length: 32 }, () => open());
    await Promise.all(streams.map(began));
    const refused = open();
    await until(() => expect(refused.text).toContain('"tooManyStreams"'));
    expect(refused.text).toContain('HTTP/1.1 503');
    streams[0]?.socket.destroy();
    refused.socket.destroy();
    await connectionsAre(31);
    await began(open());
  });
});

it('ends its streams when the API closes, and forgets them', async () => {
  const client = open();
  await began(client);
  await gateway.app.close();
  await until(() => expect(client.closed).toBe(true));
  expect(gateway.listeners.size).toBe(0);
});
