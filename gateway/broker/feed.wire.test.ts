/** The whole way: observations into a real database file, out through a real broker, to a consumer and back. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectMqtt } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock, type Clock } from '../clock.ts';
import { createFeed } from '../feed.ts';
import { Recorder } from '../store/record.ts';
import { openTestStore, raised, readings, storeFile } from '../store/testing/fixtures.ts';
import { Dispatcher, type DispatchSettings } from './dispatch.ts';
import { ExternalBroker } from './external.ts';
import { Inbox } from './inbound.ts';
import { deletion } from './messages.ts';
import type { Publisher } from './publisher.ts';
import { Refresher } from './refresh.ts';
import { alarmEvent, alarmHead, alarmState, commandResult, pointValue, refreshAnswer } from './schemas.ts';
import { addressesOf, collect, connect, createEmbedded, topics } from './testing/brokers.ts';
import { startMosquitto } from './testing/mosquitto.ts';
import { startProxy } from './testing/proxy.ts';
import { until } from './testing/wait.ts';

/** Thirty seconds pass in three. */
const HASTE = 10;
const hasty: Pick<DispatchSettings, 'clock' | 'after'> = {
  clock: { now: () => Date.now(), monotonic: () => performance.now() * HASTE },
  after: (ms, run) => {
    const timer = setTimeout(run, ms / HASTE);
    return () => clearTimeout(timer);
  },
};

async function startFeed(publisher: Publisher, settings: Partial<DispatchSettings> = {}) {
  const file = storeFile();
  const store = await openTestStore(file);
  const source = createFeed(store);
  const onCommitted = source.publish;
  const recorder = new Recorder({ store, clock: systemClock, onCommitted, onTrouble: () => undefined });
  const fixed = { source, publisher, topics, bootId: 'boot', version: '1.0.0', consumers: [], clock: systemClock };
  const dispatcher = new Dispatcher({ ...fixed, ack: 'puback', ...settings });
  const refresher = new Refresher({ source, publisher, topics });
  const commands: string[] = [];
  const inbox = new Inbox({
    publisher,
    topics,
    clock: systemClock,
    submitCommand: ({ id, by }) => {
      commands.push(`${id} ${by}`);
      return { ok: true };
    },
    decide: () => ({ ok: false, message: 'it has changed' }),
    refresh: (request) => refresher.request(request),
    watermark: (consumer, mark) => dispatcher.watermark(consumer, mark),
  });
  onTestFinished(async () => {
    await dispatcher.close();
    await publisher.close();
    await store.close();
    rmSync(dirname(file), { recursive: true });
  });
  const waiting = () => store.outbox.waiting().reduce((sum, lane) => sum + lane.waiting, 0);
  return { store, recorder, dispatcher, inbox, commands, waiting };
}

function external(url: string, clock: Clock = systemClock): ExternalBroker {
  return new ExternalBroker({ url, topics, clock, clientId: 'gatehouse-site1', will: () => deletion(topics.status) });
}

const happened = (n: number) => ({ domain: 'test', type: 'happened', source: 'd1', at: Date.now(), data: { n } });

/** A consumer that remembers what it has committed, and says so. Its broker may die at any time. */
function startConsumer(url: string, epoch: number) {
  const seen = new Set<number>();
  let committed = 0;
  const client = connectMqtt(url, { reconnectPeriod: 100, connectTimeout: 1_000 });
  client.on('error', () => undefined);
  client.on('connect', () => {
    client.subscribe([`${topics.prefix}/event/#`, topics.alarmEvent], { qos: 1 });
  });
  client.on('message', (_topic, payload) => {
    seen.add((JSON.parse(payload.toString()) as { seq: number }).seq);
    while (seen.has(committed + 1)) committed += 1;
  });
  const say = setInterval(() => {
    if (client.connected) client.publish(topics.watermark('office'), JSON.stringify({ epoch, seq: committed }));
  }, 100);
  onTestFinished(() => {
    clearInterval(say);
    client.end(true);
  });
  return { committed: () => committed };
}

describe('a broker that is killed again and again, and remembers nothing', () => {
  it('loses nothing for a consumer that says how far it is', async () => {
    const mosquitto = await startMosquitto();
    const publisher = external(mosquitto.url);
    const { store, recorder, waiting } = await startFeed(publisher, { ...hasty, ack: 'watermark' });
    await publisher.start();
    const consumer = startConsumer(mosquitto.url, store.epoch);
    for (let round = 0; round < 4; round += 1) {
      for (let n = 0; n < 100; n += 1) {
        recorder.record({ device: 'd1', events: [happened(n)], alarms: n % 10 === 0 ? [raised()] : [] });
        if (n % 20 === 0) await sleep(20);
      }
      await mosquitto.kill();
      await sleep(100);
      await mosquitto.start();
    }
    await recorder.flush();
    const last = store.events.bounds().newest;
    expect(last).toBe(440);
    await until('the consumer has everything', () => consumer.committed() === last, 25_000);
    await until('the outbox is empty', () => waiting() === 0);
  });

  it('with ack: puback, gets everything that it had not acknowledged, and every state again', async () => {
    const mosquitto = await startMosquitto();
    const proxy = await startProxy(mosquitto.port);
    const publisher = external(proxy.url);
    const { store, recorder, waiting } = await startFeed(publisher);
    await publisher.start();
    await until('connected', () => publisher.online());
    recorder.record({ ...readings('d1', { u: 230 }), alarms: [raised()] });
    await recorder.flush();
    await until('it has left', () => waiting() === 0);
    await mosquitto.kill();
    await until('we know', () => !publisher.online());
    for (let n = 0; n < 200; n += 1) recorder.record({ device: 'd1', events: [happened(n)] });
    proxy.freeze();
    await mosquitto.start();
    const watcher = await connect(mosquitto.url);
    const got = collect(watcher);
    await watcher.subscribeAsync(`${topics.prefix}/#`, { qos: 1 });
    proxy.thaw();
    await until('everything has left', () => waiting() === 0, 20_000);
    const said = (topic: string) => got.filter((message) => message.topic === topic).map(({ text }) => text);
    await until('the head is out', () => said(topics.alarmHead).length > 0);
    expect(said(topics.event('test', 'happened'))).toHaveLength(200);
    expect(alarmState.parse(JSON.parse(said(topics.alarmState(raised().after.alarm))[0] ?? ''))).toMatchObject({
      rev: 1,
    });
    expect(pointValue.parse(JSON.parse(said(topics.point('d1', 'u'))[0] ?? ''))).toMatchObject({ value: 230 });
    expect(alarmHead.parse(JSON.parse(said(topics.alarmHead)[0] ?? ''))).toMatchObject({ seq: 1, nonNormal: 1 });
    expect(store.outbox.deadLetters()).toBe(0);
  });
});

describe('the embedded broker', () => {
  async function start() {
    const broker = createEmbedded();
    const feed = await startFeed(broker);
    await broker.start();
    return { ...feed, url: addressesOf(broker).url };
  }

  it('carries an alarm from the database to a consumer: event, state, head', async () => {
    const { recorder, url } = await start();
    const client = await connect(url);
    const got = collect(client);
    await client.subscribeAsync(`${topics.prefix}/alarm/#`, { qos: 1 });
    await until('the first head', () => got.length > 0);
    got.length = 0;
    recorder.record({ device: 'd1', alarms: [raised()] });
    await until('all three', () => got.length === 3);
    expect(got.map(({ topic }) => topic)).toEqual([
      topics.alarmEvent,
      topics.alarmState(raised().after.alarm),
      topics.alarmHead,
    ]);
    const [event, state, head] = got.map(({ text }) => JSON.parse(text) as unknown);
    expect(alarmEvent.parse(event)).toMatchObject({ seq: 1, data: { prevSeq: 0, from: 'A', to: 'B' } });
    expect(alarmState.parse(state)).toMatchObject({ rev: 1, letter: 'B' });
    expect(alarmHead.parse(head)).toMatchObject({ seq: 1, nonNormal: 1 });
  });

  it('gives a late subscriber the states at once, and what it missed on request', async () => {
    const { store, recorder, url, waiting } = await start();
    recorder.record({ ...readings('d1', { u: 230 }), alarms: [raised()] });
    await recorder.flush();
    await until('it has left', () => waiting() === 0);
    const client = await connect(url);
    const got = collect(client);
    await client.subscribeAsync([`${topics.prefix}/alarm/refresh/+`, `${topics.prefix}/+/#`], { qos: 1 });
    await client.publishAsync(
      topics.alarmRefresh,
      JSON.stringify({ requestId: 'r1', fromEpoch: store.epoch, fromSeq: 0 }),
    );
    const answers = () => got.filter(({ topic }) => topic === topics.refreshAnswer('r1'));
    await until('the answer', () => answers().some(({ text }) => text.includes('"end"')));
    const parts = answers().map(({ text }) => refreshAnswer.parse(JSON.parse(text)));
    expect(parts.map(({ kind }) => kind)).toEqual(['event', 'end']);
    const states = [topics.status, topics.point('d1', 'u'), topics.alarmState(raised().after.alarm), topics.alarmHead];
    const kept = (topic: string) => got.some((message) => message.retain && message.topic === topic);
    await until('the retained states', () => states.every(kept));
  });

  it('takes a command, answers it, and publishes its end', async () => {
    const { store, recorder, url, commands } = await start();
    const client = await connect(url);
    const got = collect(client);
    await client.subscribeAsync(topics.commandResult('c1'), { qos: 1 });
    await client.publishAsync(topics.command('gate1', 'open'), JSON.stringify({ commandId: 'c1' }), { qos: 1 });
    await until('it is accepted', () => got.length === 1);
    expect(commands).toEqual(['c1 anonymous']);
    const asked = { id: 'c1', device: 'gate1', action: 'open', value: null, by: 'anonymous', via: 'mqtt' };
    const now = Date.now();
    await store.write('acceptCommand', { ...asked, acceptedAt: now, expiresAt: now + 5_000 }, 9);
    await store.write('finishCommand', 'c1', { state: 'done', left: true, result: { seen: [] } }, now);
    // Whoever commits tells; here the next observation does.
    recorder.record({ device: 'd1', events: [happened(0)] });
    await until('it is done', () => got.length === 2);
    const results = got.map(({ text }) => commandResult.parse(JSON.parse(text)));
    expect(results.map(({ state, seq }) => [state, seq])).toEqual([['accepted', undefined], ['done', 1]]); // prettier-ignore
  });

  it('says goodbye when the gateway stops', async () => {
    const { dispatcher, url } = await start();
    const client = await connect(url);
    const got = collect(client);
    await client.subscribeAsync(topics.status, { qos: 1 });
    await until('it is there', () => got.length === 1);
    await dispatcher.close();
    await until('it says goodbye', () => got.length === 2);
    const online = got.map(({ text }) => (JSON.parse(text) as { online: boolean }).online);
    expect(online).toEqual([true, false]);
  });
});
