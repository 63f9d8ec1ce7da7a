import { describe, expect, it } from 'vitest';
import { Dispatcher } from './dispatch.ts';
import { NORMAL_KEPT_MS } from './dispatch/state-sender.ts';
import { ManualClock, settle } from './testing/manual-clock.ts';
import { MemoryFeed, normalAlarm } from './testing/memory-feed.ts';
import { ScriptedPublisher } from './testing/scripted-publisher.ts';
import { createTopics } from './topics.ts';

const topics = createTopics('community', 'site1');
const POINT = topics.point('d1', 'u');

function setUp() {
  const clock = new ManualClock();
  const source = new MemoryFeed(() => clock.now());
  const publisher = new ScriptedPublisher();
  const fixed = { source, publisher, topics, clock, after: clock.after, bootId: 'boot', version: '1.0.0' };
  new Dispatcher({ ...fixed, ack: 'puback', consumers: [] });
  const said = (topic: string) => publisher.log.filter((message) => message.topic === topic);
  const values = () => said(POINT).map(({ payload }) => (JSON.parse(payload) as { value: unknown }).value);
  return { clock, source, publisher, said, values };
}

describe('retained topics', () => {
  it('say the latest value, with one message of a topic in flight', async () => {
    const { source, publisher, values } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === POINT ? 'hold' : 'accept');
    source.setPoint({ device: 'd1', point: 'u', value: 1 });
    await settle();
    for (const value of [2, 3, 4]) source.setPoint({ device: 'd1', point: 'u', value });
    await settle();
    expect(values()).toEqual([1]);
    for (const message of publisher.open) message.accept();
    await settle();
    expect(values()).toEqual([1, 4]);
  });

  it('are published again when the acceptance never came', async () => {
    const { source, publisher, values } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === POINT ? 'hold' : 'accept');
    source.setPoint({ device: 'd1', point: 'u', value: 1 });
    await settle();
    publisher.disconnect();
    await settle();
    publisher.respond = () => 'accept';
    publisher.connect();
    await settle();
    expect(values()).toEqual([1, 1]);
  });

  it('are all published on every connection: points, devices and alarm states', async () => {
    const { source, publisher } = setUp();
    source.setPoint({ device: 'd1', point: 'u' });
    source.deviceRows.set('d1', { device: 'd1', state: 'online', reason: '', since: 0, lastGood: null });
    source.addAlarm({ alarm: 'a1' });
    for (let connection = 0; connection < 2; connection += 1) {
      publisher.log.length = 0;
      publisher.connect();
      await settle();
      const expected = [POINT, topics.device('d1'), topics.alarmState('a1'), topics.alarmHead];
      expect(publisher.topics()).toEqual(expect.arrayContaining(expected));
      publisher.disconnect();
      await settle();
    }
  });

  it('are deleted when what they tell of is no longer configured', async () => {
    const { source, publisher, said } = setUp();
    source.setPoint({ device: 'd1', point: 'u' });
    publisher.connect();
    await settle();
    const removed = { points: [{ device: 'd1', point: 'u' }], devices: ['d1'], alarms: ['a1'] };
    source.tell({ removed });
    await settle();
    for (const topic of [POINT, topics.device('d1'), topics.alarmState('a1')]) {
      expect(said(topic).at(-1)).toMatchObject({ payload: '', retain: true });
    }
  });

  it('are deleted on the next connection when this one goes too early', async () => {
    const { source, publisher, said } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = () => 'hold';
    source.tell({ removed: { devices: ['d1'] } });
    await settle();
    publisher.disconnect();
    publisher.respond = () => 'accept';
    publisher.connect();
    await settle();
    expect(said(topics.device('d1'))).toHaveLength(2);
  });

  it('are dropped, and counted, when the broker refuses them', async () => {
    const { source, publisher, values } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === POINT ? 'hold' : 'accept');
    source.setPoint({ device: 'd1', point: 'u', value: 1 });
    await settle();
    for (const message of publisher.open) message.reject('refused');
    publisher.respond = () => 'accept';
    await settle();
    source.setPoint({ device: 'd1', point: 'u', value: 2 });
    await settle();
    expect(values()).toEqual([1, 2]);
  });
});

describe('an alarm that is normal again', () => {
  it('says so for 24 h, and then its topic is deleted', async () => {
    const { clock, source, publisher, said } = setUp();
    publisher.connect();
    await settle();
    source.addAlarm({ alarm: 'a1' });
    source.addAlarm({ alarm: 'a1', letter: 'A', active: false });
    await clock.advance(NORMAL_KEPT_MS - 60_000);
    expect(said(topics.alarmState('a1')).at(-1)?.payload).toContain('"letter":"A"');
    await clock.advance(120_000);
    expect(said(topics.alarmState('a1')).at(-1)).toMatchObject({ payload: '', retain: true });
    const messages = said(topics.alarmState('a1')).length;
    await clock.advance(NORMAL_KEPT_MS);
    expect(said(topics.alarmState('a1'))).toHaveLength(messages);
  });

  it('is deleted at once on a connection that finds it normal for long', async () => {
    const { source, publisher, said } = setUp();
    source.alarmRows.set('a1', normalAlarm('a1'));
    publisher.connect();
    await settle();
    expect(said(topics.alarmState('a1')).map(({ payload }) => payload)).toEqual(['']);
  });
});
