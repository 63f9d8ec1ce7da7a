import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { hashPassword } from './password.ts';
import { closed, collect, connect, connectRaw, startEmbedded, topics } from './testing/brokers.ts';
import { until } from './testing/wait.ts';

/** CONNECT of an anonymous client `raw`, MQTT 3.1.1, clean, keep-alive 60 s. */
const CONNECT = Buffer.from('100f00044d5154540402003c0003726177', 'hex');
/** PUBLISH that declares 268,435,455 bytes: the longest that MQTT has. */
const HUGE_PUBLISH = Buffer.from('30ffffff7f', 'hex');
const CHUNK = Buffer.alloc(64 * 1024, 'x');
const MEGABYTE = 1024 * 1024;

/** Sends up to 256 MB; returns how much the other side let it. */
async function flood(send: (chunk: Buffer) => Promise<boolean>): Promise<number> {
  let sent = 0;
  while (sent < 256 * MEGABYTE && (await send(CHUNK))) sent += CHUNK.length;
  return sent;
}

function buffered(): number {
  return process.memoryUsage().arrayBuffers;
}

describe('a packet of 256 MB', () => {
  it('over TCP is dropped at its header; memory does not grow, others go on', async () => {
    const { broker, port, url } = await startEmbedded();
    const other = await connect(url);
    const got = collect(other);
    await other.subscribeAsync(`${topics.prefix}/#`, { qos: 1 });
    const socket = await connectRaw(port);
    const before = buffered();
    socket.write(Buffer.concat([CONNECT, HUGE_PUBLISH]));
    await flood(async (chunk) => {
      if (socket.closed || socket.destroyed) return false;
      await new Promise((resolve) => socket.write(chunk, resolve));
      return true;
    });
    await closed(socket);
    expect(buffered() - before).toBeLessThan(8 * MEGABYTE);
    expect(broker.refusals.oversize).toBe(1);
    await broker.publish({ topic: topics.status, payload: 'alive', retain: false, qos: 1 });
    await until('the other client gets its message', () => got.some(({ text }) => text === 'alive'));
  });

  it('over WebSocket, in small frames, is dropped as well', async () => {
    const { broker, wsUrl } = await startEmbedded();
    const socket = new WebSocket(wsUrl, 'mqtt');
    onTestFinished(() => socket.terminate());
    socket.on('error', () => undefined);
    await once(socket, 'open');
    const before = buffered();
    socket.send(Buffer.concat([CONNECT, HUGE_PUBLISH]));
    await flood(async (chunk) => {
      if (socket.readyState !== WebSocket.OPEN) return false;
      await new Promise((resolve) => socket.send(chunk, resolve));
      return true;
    });
    await until('the connection is closed', () => socket.readyState === WebSocket.CLOSED);
    expect(buffered() - before).toBeLessThan(8 * MEGABYTE);
    expect(broker.refusals.oversize).toBe(1);
  });

  it('over WebSocket, in one frame, is dropped at the header of the frame', async () => {
    const { broker, wsUrl } = await startEmbedded();
    const socket = new WebSocket(wsUrl, 'mqtt');
    onTestFinished(() => socket.terminate());
    socket.on('error', () => undefined);
    await once(socket, 'open');
    socket.send(Buffer.alloc(MEGABYTE));
    await until('the connection is closed', () => socket.readyState === WebSocket.CLOSED);
    expect(broker.refusals.oversize).toBe(1);
  });
});

describe('other sizes', () => {
  it('a packet of just 256 KiB passes', async () => {
    const { url } = await startEmbedded();
    const client = await connect(url);
    const got = collect(client);
    await client.subscribeAsync(topics.command('d1', 'x'), { qos: 1 });
    const topic = topics.command('d1', 'x');
    // Remaining length: two bytes of topic length, the topic, two bytes of packet id, the payload.
    await client.publishAsync(topic, Buffer.alloc(256 * 1024 - 4 - topic.length, 'x'), { qos: 1 });
    await until('it comes back', () => got.length === 1);
  });

  it('a length of five bytes is no length', async () => {
    const { broker, port } = await startEmbedded();
    const socket = await connectRaw(port);
    socket.write(Buffer.concat([CONNECT, Buffer.from('308080808001', 'hex')]));
    await closed(socket);
    expect(broker.refusals.malformed).toBe(1);
  });

  it('what a client sends before it is identified is left in its socket', async () => {
    const guard = { name: 'guard', role: 'operator', password: await hashPassword('guard') } as const;
    const { broker, port } = await startEmbedded({ users: [guard] });
    const socket = await connectRaw(port);
    const before = buffered();
    // CONNECT as guard with a wrong password, which takes a while to find out; then 32 MB of PUBLISHes.
    socket.write(Buffer.from('101900044d51545404c2003c00000005677561726400046e6f7065', 'hex'));
    const publish = Buffer.concat([Buffer.from('30e0d403', 'hex'), Buffer.alloc(60_000, 0)]);
    while (socket.writableLength < 32 * MEGABYTE) socket.write(publish);
    let most = 0;
    await until('it is refused', () => {
      most = Math.max(most, buffered() - before);
      return broker.refusals.authentication === 1;
    });
    expect(most).toBeLessThan(8 * MEGABYTE);
    await closed(socket);
  });
});
