import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { closed, collect, connect, connectRaw, startEmbedded, topics } from './testing/brokers.ts';
import { run } from './testing/mosquitto.ts';
import { until } from './testing/wait.ts';

const say = (text: string, retain = false) => ({ topic: topics.status, payload: text, retain, qos: 1 }) as const;

/** The status with which an upgrade was refused; null: it was not. */
function upgradeStatus(url: string, protocol: string | undefined, origin?: string): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, protocol, origin === undefined ? {} : { origin });
    onTestFinished(() => socket.terminate());
    socket.on('open', () => resolve(null));
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

describe('connections', () => {
  it('of one address are capped, over TCP and WebSocket together; a place that is left is free again', async () => {
    const { broker, port, url, wsUrl } = await startEmbedded({ limits: { perAddress: 3, total: 10 } });
    const first = await connectRaw(port);
    await connect(url);
    await connect(wsUrl);
    await closed(await connectRaw(port));
    await expect(connect(wsUrl)).rejects.toThrow();
    expect(broker.refusals.connections).toBe(2);
    first.destroy();
    await expect
      .poll(() =>
        connect(url).then(
          ({ connected }) => connected,
          () => false,
        ),
      )
      .toBe(true);
  });

  it('are capped in all', async () => {
    const { broker, port } = await startEmbedded({ limits: { perAddress: 10, total: 2 } });
    await connectRaw(port);
    await connectRaw(port);
    await closed(await connectRaw(port));
    expect(broker.refusals.connections).toBe(1);
  });

  it('that do not say CONNECT within 5 s are closed, over TCP and WebSocket', async () => {
    const { broker, port, wsUrl } = await startEmbedded();
    const start = performance.now();
    const silent = await connectRaw(port);
    const slow = await connectRaw(port);
    slow.write(Buffer.from('100f0004', 'hex'));
    const ws = new WebSocket(wsUrl, 'mqtt');
    onTestFinished(() => ws.terminate());
    await Promise.all([closed(silent), closed(slow), new Promise((resolve) => ws.on('close', resolve))]);
    expect(performance.now() - start).toBeGreaterThan(4_000);
    expect(broker.refusals.handshake).toBe(3);
  });

  it('that speak something else are closed', async () => {
    const { broker, port } = await startEmbedded();
    const socket = await connectRaw(port);
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await closed(socket);
    expect(broker.refusals.handshake).toBe(1);
  });

  it('end when the broker closes, half-open ones too', async () => {
    const { broker, port, url, wsUrl } = await startEmbedded();
    const raw = await connectRaw(port);
    const clients = [await connect(url), await connect(wsUrl)];
    const start = performance.now();
    await broker.close();
    await closed(raw);
    expect(performance.now() - start).toBeLessThan(3_000);
    await until('all are gone', () => clients.every(({ connected }) => !connected));
    await expect(broker.publish(say('late'))).rejects.toMatchObject({ code: 'offline' });
  });
});

describe('WebSocket', () => {
  it('carries MQTT', async () => {
    const { broker, wsUrl } = await startEmbedded();
    const client = await connect(wsUrl);
    const got = collect(client);
    await client.subscribeAsync(topics.status, { qos: 1 });
    await broker.publish(say('hello'));
    await until('it arrives', () => got.length === 1);
  });

  it.each([
    ['another path', (url: string) => url.replace('/mqtt', '/'), 'mqtt', undefined, 404],
    ['no subprotocol', (url: string) => url, undefined, undefined, 400],
    ['another subprotocol', (url: string) => url, 'amqp', undefined, 400],
    ['a foreign page', (url: string) => url, 'mqtt', 'http://example.org', 403],
    ['a page that has no origin', (url: string) => url, 'mqtt', 'null', 403],
  ])('is refused with %s', async (_what, urlOf, protocol, origin, status) => {
    const { broker, wsUrl } = await startEmbedded();
    expect(await upgradeStatus(urlOf(wsUrl), protocol, origin)).toBe(status);
    expect(broker.refusals.upgrade).toBe(1);
  });

  it('is open to a page of this box', async () => {
    const { wsUrl } = await startEmbedded();
    expect(await upgradeStatus(wsUrl, 'mqtt', 'http://localhost:8080')).toBeNull();
  });

  it('answers plain HTTP with 426', async () => {
    const { wsUrl } = await startEmbedded();
    const reply = await fetch(wsUrl.replace('ws:', 'http:'));
    expect(reply.status).toBe(426);
    await reply.text();
  });
});

describe('delivery', () => {
  it('loses nothing that was published in one turn, whatever its QoS and retain flag', async () => {
    const { broker, url } = await startEmbedded();
    const client = await connect(url);
    const got = collect(client);
    await client.subscribeAsync(`${topics.prefix}/#`, { qos: 1 });
    const publisher = await connect(url);
    const sent: string[] = [];
    for (let n = 0; n < 200; n += 1) {
      const published: Promise<unknown>[] = [];
      for (const [kind, retain] of [
        ['state', true],
        ['event', false],
      ] as const) {
        sent.push(`${kind} ${n}`);
        published.push(broker.publish({ topic: topics.point('d1', kind), payload: `${kind} ${n}`, retain, qos: 1 }));
      }
      for (const qos of [2, 1, 0] as const) {
        sent.push(`client ${qos} ${n}`);
        published.push(publisher.publishAsync(topics.command('d1', 'x'), `client ${qos} ${n}`, { qos }));
      }
      await Promise.all(published);
    }
    await until('everything arrives', () => got.length >= sent.length, 5_000).catch(() => undefined);
    expect(sent.filter((text) => !got.some((message) => message.text === text))).toEqual([]);
    expect(got.length).toBe(sent.length);
    for (const kind of ['state', 'event']) {
      const numbers = got.filter(({ text }) => text.startsWith(kind)).map(({ text }) => Number(text.split(' ')[1]));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
  });

  it('puts an event before the state that was published after it', async () => {
    const { broker, url } = await startEmbedded();
    const client = await connect(url);
    const got = collect(client);
    await client.subscribeAsync(`${topics.prefix}/#`, { qos: 1 });
    for (let n = 0; n < 50; n += 1) {
      void broker.publish({ topic: topics.alarmEvent, payload: `event ${n}`, retain: false, qos: 1 });
      void broker.publish({ topic: topics.alarmState('a'), payload: `state ${n}`, retain: true, qos: 1 });
      await sleep(1);
    }
    await until('everything arrives', () => got.length === 100);
    const order = got.map(({ text }) => text);
    for (let n = 0; n < 50; n += 1) expect(order.indexOf(`event ${n}`)).toBeLessThan(order.indexOf(`state ${n}`));
  });

  it('a subscriber that stops reading starves nobody, and is dropped when it is too far behind', async () => {
    const { broker, port, url } = await startEmbedded();
    const frozen = await connectRaw(port);
    // CONNECT as `raw`, then SUBSCRIBE to community/site1/# with QoS 0.
    frozen.write(Buffer.from('100f00044d5154540402003c0003726177', 'hex'));
    const filter = Buffer.from(`${topics.prefix}/#`);
    frozen.write(
      Buffer.concat([Buffer.from([0x82, 5 + filter.length, 0, 1, 0, filter.length]), filter, Buffer.from([0])]),
    );
    await new Promise((resolve) => frozen.once('data', resolve));
    await sleep(50);
    frozen.pause();
    const other = await connect(url);
    const got = collect(other);
    await other.subscribeAsync(topics.status, { qos: 1 });
    const text = 'x'.repeat(100_000);
    let slowest = 0;
    for (let n = 0; n < 600 && broker.refusals.slow === 0; n += 1) {
      const start = performance.now();
      await broker.publish(say(text));
      slowest = Math.max(slowest, performance.now() - start);
    }
    expect(broker.refusals.slow).toBe(1);
    await closed(frozen);
    expect(slowest).toBeLessThan(2_000);
    await broker.publish(say('alive'));
    await until('the other client is served', () => got.at(-1)?.text === 'alive');
  });

  it('knows what can never be published', async () => {
    const { broker } = await startEmbedded();
    await expect(broker.publish({ ...say('x'), topic: 'a/+' })).rejects.toMatchObject({ code: 'refused' });
  });

  it('reaches a foreign client: retained at once, live after, with QoS 1', async () => {
    const { broker, port } = await startEmbedded();
    await broker.publish(say('retained', true));
    const args = ['-h', '127.0.0.1', '-p', String(port), '-V', 'mqttv311', '-q', '1', '-t', topics.status];
    const { code, output } = await run('mosquitto_sub', [...args, '-C', '1', '-F', '%r %q %p', '-W', '5']);
    expect([code, output]).toEqual([0, '1 1 retained\n']);
  });

  it('takes commands from a foreign client', async () => {
    const { broker, port } = await startEmbedded();
    const inbound: string[] = [];
    broker.onMessage(({ payload }) => inbound.push(payload.toString()));
    const topic = topics.command('gate1', 'open');
    const args = ['-h', '127.0.0.1', '-p', String(port), '-V', 'mqttv311', '-q', '1', '-t', topic, '-m', 'open it'];
    expect(await run('mosquitto_pub', args)).toEqual({ code: 0, output: '' });
    await until('it arrives', () => inbound.length === 1);
    expect(inbound).toEqual(['open it']);
  });
});
