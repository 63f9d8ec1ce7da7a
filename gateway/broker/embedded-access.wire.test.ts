import { describe, expect, it } from 'vitest';
import { as, collect, connect, startEmbedded, topics, users } from './testing/brokers.ts';
import { run } from './testing/mosquitto.ts';
import { until } from './testing/wait.ts';
import type { Inbound } from './publisher.ts';

const OPEN = topics.command('gate1', 'open');
const note = (text: string) => ({ topic: topics.status, payload: text, retain: false, qos: 1 }) as const;

describe('who may connect', () => {
  it('without users: whoever is on the box, and the broker is bound to loopback whatever the host', async () => {
    const { broker, url } = await startEmbedded({ host: '0.0.0.0' });
    const inbound: Inbound[] = [];
    broker.onMessage((message) => inbound.push(message));
    const client = await connect(url, as('anybody'));
    await client.publishAsync(OPEN, '{}', { qos: 1 });
    await until('the command arrives', () => inbound.length === 1);
    expect(inbound[0]).toMatchObject({ topic: OPEN, by: 'anonymous', retained: false });
    await expect(connect(url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('ECONNREFUSED');
  });

  it.each([
    ['a wrong password', { username: 'office', password: 'guard' }],
    ['an unknown user', as('nobody')],
    ['no name', {}],
    ['no password', { username: 'office' }],
    ['the name of an object', as('__proto__')],
  ])('with users: not %s', async (_what, options) => {
    const { broker, url } = await startEmbedded({ users: users() });
    await expect(connect(url, options)).rejects.toMatchObject({ code: 4 });
    expect(broker.refusals.authentication).toBe(1);
  });

  it('a configuration whose password is not a hash is refused', async () => {
    const office = { name: 'office', password: 'scrypt$plain', role: 'consumer' } as const;
    await expect(startEmbedded({ users: [office] })).rejects.toThrow('office');
  });

  it('a port that is taken is an error', async () => {
    const { port } = await startEmbedded();
    await expect(startEmbedded({ port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('client ids', () => {
  it('of one user cannot be taken over, or kept out, by another', async () => {
    const { url } = await startEmbedded({ users: users() });
    const office = await connect(url, { ...as('office'), clientId: 'console' });
    const guard = await connect(url, { ...as('guard'), clientId: 'console' });
    await office.publishAsync(topics.alarmRefresh, '{}', { qos: 1 });
    await guard.publishAsync(topics.alarmRefresh, '{}', { qos: 1 });
    expect([office.connected, guard.connected]).toEqual([true, true]);
  });

  it('of one user are taken over by the same user (MQTT 3.1.4)', async () => {
    const { url } = await startEmbedded({ users: users() });
    const first = await connect(url, { ...as('office'), clientId: 'console' });
    const gone = new Promise<void>((resolve) => first.once('close', () => resolve()));
    await connect(url, { ...as('office'), clientId: 'console' });
    await gone;
  });

  it('that are too long are refused', async () => {
    const { broker, url } = await startEmbedded();
    await expect(connect(url, { clientId: 'x'.repeat(300) })).rejects.toThrow();
    expect(broker.refusals.clientId).toBe(1);
  });

  it('of absent clients cost nothing: there are no sessions to fill', async () => {
    const { broker, url } = await startEmbedded();
    const options = { clientId: 'absent', clean: false } as const;
    const first = await connect(url, options);
    await first.subscribeAsync(`${topics.prefix}/#`, { qos: 1 });
    await first.endAsync();
    for (let n = 0; n < 100; n += 1) await broker.publish(note('missed'));
    const again = await connect(url, { ...options, resubscribe: false });
    const got = collect(again);
    await again.subscribeAsync(`${topics.prefix}/#`, { qos: 1 });
    await broker.publish(note('live'));
    await until('the live message arrives', () => got.length > 0);
    expect(got.map(({ text }) => text)).toEqual(['live']);
  });
});

describe('what may be published', () => {
  it.each([0, 1, 2] as const)('refused messages with QoS %d are answered, counted and go nowhere', async (qos) => {
    const { broker, url } = await startEmbedded({ users: users() });
    const root = await connect(url, as('root'));
    const got = collect(root);
    await root.subscribeAsync('#', { qos: 1 });
    const office = await connect(url, as('office'));
    for (const topic of [OPEN, topics.alarmEvent, topics.watermark('guard'), 'elsewhere', '$SYS/x/new/clients']) {
      await office.publishAsync(topic, 'no', { qos });
    }
    await office.publishAsync(topics.alarmRefresh, 'yes', { qos });
    await until('the allowed one arrives', () => got.length > 0);
    expect(got.map(({ text }) => text)).toEqual(['yes']);
    expect(office.connected).toBe(true);
    expect(broker.refusals.publish).toBe(5);
  });

  it('an operator may give commands, a consumer may say how far it is', async () => {
    const { broker, url } = await startEmbedded({ users: users() });
    const inbound: Inbound[] = [];
    broker.onMessage((message) => inbound.push(message));
    const guard = await connect(url, as('guard'));
    const office = await connect(url, as('office'));
    await guard.publishAsync(OPEN, '{"commandId":"c1"}', { qos: 1 });
    await office.publishAsync(topics.watermark('office'), '{"epoch":1,"seq":1}', { qos: 1 });
    await until('both arrive', () => inbound.length === 2);
    expect(inbound.map(({ by, payload }) => [by, payload.toString()])).toEqual([
      ['guard', '{"commandId":"c1"}'],
      ['office', '{"epoch":1,"seq":1}'],
    ]);
  });

  it('a retain flag is dropped, and the gateway is told of it', async () => {
    const { broker, url } = await startEmbedded();
    const inbound: Inbound[] = [];
    broker.onMessage((message) => inbound.push(message));
    const client = await connect(url);
    await client.publishAsync(OPEN, 'kept?', { qos: 1, retain: true });
    await until('it arrives', () => inbound.length === 1);
    expect(inbound[0]?.retained).toBe(true);
    expect(broker.refusals.retain).toBe(1);
    const later = await connect(url);
    const got = collect(later);
    await later.subscribeAsync(`${topics.prefix}/#`, { qos: 1 });
    await broker.publish(note('live'));
    await until('the live message arrives', () => got.length > 0);
    expect(got.map(({ text }) => text)).toEqual(['live']);
  });

  it('a will that its user may not publish is not published', async () => {
    const { broker, url } = await startEmbedded({ users: users() });
    const root = await connect(url, as('root'));
    const got = collect(root);
    await root.subscribeAsync('#', { qos: 1 });
    for (const [name, topic] of [
      ['office', OPEN],
      ['guard', OPEN],
    ] as const) {
      const will = { topic, payload: Buffer.from(`will of ${name}`), qos: 1, retain: true } as const;
      const client = await connect(url, { ...as(name), will });
      client.stream.destroy();
    }
    await until('the allowed will arrives', () => got.length > 0);
    expect(got.map(({ text, retain }) => [text, retain])).toEqual([['will of guard', false]]);
    expect(broker.refusals.will).toBe(1);
  });
});

describe('what may be subscribed to', () => {
  it.each(['#', '+/#', '+/+/#', 'community/+/alarm/event', 'community/site2/#', '$SYS/#'])(
    '%s is refused with 0x80 to all but the admin, and the client stays',
    async (filter) => {
      const { broker, url } = await startEmbedded({ users: users() });
      const office = await connect(url, as('office'));
      await expect(office.subscribeAsync(filter, { qos: 1 })).rejects.toThrow();
      expect(office.connected).toBe(true);
      expect(broker.refusals.subscribe).toBe(1);
      const root = await connect(url, as('root'));
      expect(await root.subscribeAsync(filter, { qos: 1 })).toMatchObject([{ qos: 1 }]);
    },
  );

  it('in one request, what is allowed is granted and what is not is refused', async () => {
    const { broker, port } = await startEmbedded();
    const { output } = await run('mosquitto_sub', [
      ...['-h', '127.0.0.1', '-p', String(port), '-d', '-W', '2', '-q', '1'],
      ...['-t', `${topics.prefix}/#`, '-t', '#'],
    ]);
    expect(output).toContain('1, 128');
    expect(broker.refusals.subscribe).toBe(1);
  });

  it('no more than 128 filters of one client', async () => {
    const { broker, url } = await startEmbedded();
    const client = await connect(url);
    for (let n = 0; n < 128; n += 1) await client.subscribeAsync(topics.device(`d${n}`), { qos: 1 });
    await expect(client.subscribeAsync(topics.device('d128'), { qos: 1 })).rejects.toThrow();
    await client.unsubscribeAsync(topics.device('d0'));
    await client.subscribeAsync(topics.device('d128'), { qos: 1 });
    expect(broker.refusals.subscribe).toBe(1);
  });
});
