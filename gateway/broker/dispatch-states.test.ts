import { describe, expect, it } from 'vitest';
import { Dispatcher } from './dispatch.ts';
import { NORMAL_KEPT_MS } from './dispatch/state-sender.ts';
import { reading } from './schemas.ts';
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

describe('what meters answered', () => {
  const READING = topics.reading('m1');
  const shown = (point: string, value: string) => ({
    ...{ point, value, unit: 'kWh', obis: '1-0:1.8.0', quality: 'good' as const, reason: null, at: 0 },
    ...{ meterTime: null, frozen: null, meter: '1234', standing: 'good' as const },
  });
  const answer = (point: string, value: string) => ({ device: 'm1', registers: [shown(point, value)] });

  it('is told once and not retained, without what does not apply', async () => {
    const { source, publisher, said } = setUp();
    publisher.connect();
    source.tell({ collected: [answer('importEnergy', '12.30')] });
    await settle();
    publisher.disconnect();
    publisher.connect();
    await settle();
    expect(said(READING)).toHaveLength(1);
    expect(said(READING)[0]?.retain).toBe(false);
    const payload: unknown = JSON.parse(said(READING)[0]?.payload ?? '');
    expect(reading.parse(payload).registers[0]).toEqual({
      ...{ point: 'importEnergy', obis: '1-0:1.8.0', value: '12.30', unit: 'kWh', quality: 'good' },
      ...{ at: '1970-01-01T00:00:00.000Z', meter: '1234', standing: 'good' },
    });
  });

  it('waits while the broker is away: the latest of what was asked for together', async () => {
    const { source, publisher, said } = setUp();
    for (const value of ['1.0', '2.0']) source.tell({ collected: [answer('importEnergy', value)] });
    source.tell({ collected: [answer('dailyImportEnergy1', '0.5')] });
    publisher.connect();
    await settle();
    const values = said(READING).map(({ payload }) => reading.parse(JSON.parse(payload)).registers[0]?.value);
    expect(values).toEqual(['2.0', '0.5']);
  });
});
