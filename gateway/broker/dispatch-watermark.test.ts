import { describe, expect, it } from 'vitest';
import { Dispatcher } from './dispatch.ts';
import { ManualClock, settle } from './testing/manual-clock.ts';
import { MemoryFeed } from './testing/memory-feed.ts';
import { ScriptedPublisher } from './testing/scripted-publisher.ts';
import { createTopics } from './topics.ts';

const topics = createTopics('community', 'site1');
const EVENT = topics.event('test', 'happened');

function setUp(consumers: readonly string[] = []) {
  const clock = new ManualClock();
  const source = new MemoryFeed(() => clock.now());
  const publisher = new ScriptedPublisher();
  const fixed = { source, publisher, topics, clock, after: clock.after, bootId: 'boot', version: '1.0.0' };
  const dispatcher = new Dispatcher({ ...fixed, ack: 'watermark', consumers });
  const seqs = (topic: string) =>
    publisher.log.filter((m) => m.topic === topic).map(({ payload }) => (JSON.parse(payload) as { seq: number }).seq);
  return { clock, source, publisher, dispatcher, seqs };
}

describe('with ack: watermark', () => {
  it('a PUBACK ends nothing; the watermark does', async () => {
    const { clock, source, publisher, dispatcher } = setUp();
    publisher.connect();
    source.addEvent();
    const second = source.addEvent();
    source.addEvent();
    await clock.advance(1_000);
    expect(source.waiting.size).toBe(3);
    dispatcher.watermark('office', { epoch: 1, seq: second });
    await clock.advance(1_000);
    expect([...source.waiting.keys()]).toEqual([3]);
  });

  it('a watermark that comes before the PUBACK ends the row once the PUBACK is there', async () => {
    const { clock, source, publisher, dispatcher } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === EVENT ? 'hold' : 'accept');
    const seq = source.addEvent();
    await settle();
    dispatcher.watermark('office', { epoch: 1, seq });
    await clock.advance(1_000);
    expect(source.waiting.size).toBe(1);
    for (const message of publisher.open) message.accept();
    await clock.advance(1_000);
    expect(source.waiting.size).toBe(0);
  });

  it('sends again what no watermark has covered, and only that', async () => {
    const { clock, source, publisher, dispatcher, seqs } = setUp();
    publisher.connect();
    await clock.advance(0);
    const covered = source.addEvent();
    const event = source.addEvent();
    const alarm = source.addAlarm({ alarm: 'a' });
    await clock.advance(1_000);
    dispatcher.watermark('office', { epoch: 1, seq: covered });
    publisher.log.length = 0;
    await clock.advance(31_000);
    expect(seqs(EVENT)).toEqual([event]);
    expect(seqs(topics.alarmEvent)).toEqual([alarm]);
    await clock.advance(31_000);
    expect(seqs(EVENT)).toEqual([event, event]);
  });

  it('goes on sending live rows while the consumer is away, and little else', async () => {
    const { clock, source, publisher, seqs } = setUp();
    publisher.connect();
    for (let n = 0; n < 1_000; n += 1) source.addEvent();
    await clock.advance(1_000);
    expect(seqs(EVENT)).toHaveLength(1_000);
    publisher.log.length = 0;
    await clock.advance(300_000);
    expect(seqs(EVENT).length).toBeLessThanOrEqual(200 * 11);
    publisher.log.length = 0;
    const live = source.addEvent();
    await settle();
    expect(seqs(EVENT)).toContain(live);
  });

  it('follows a consumer that has come back as fast as it commits', async () => {
    const { clock, source, publisher, dispatcher, seqs } = setUp();
    publisher.connect();
    for (let n = 0; n < 2_000; n += 1) source.addEvent();
    await clock.advance(60_000);
    let committed = 0;
    const consume = () => {
      for (const seq of seqs(EVENT)) if (seq === committed + 1) committed = seq;
      dispatcher.watermark('office', { epoch: 1, seq: committed });
      publisher.log.length = 0;
    };
    publisher.log.length = 0;
    for (let second = 0; second < 60 && source.waiting.size > 0; second += 1) {
      await clock.advance(1_000);
      consume();
      await clock.advance(200);
    }
    expect(source.waiting.size).toBe(0);
    expect(committed).toBe(2_000);
  });

  it('ignores a watermark of another epoch, and one ahead of the feed', async () => {
    const { clock, source, publisher, dispatcher } = setUp();
    publisher.connect();
    source.addEvent();
    await clock.advance(1_000);
    dispatcher.watermark('office', { epoch: 2, seq: 1 });
    dispatcher.watermark('office', { epoch: 1, seq: 2 });
    await clock.advance(1_000);
    expect(source.waiting.size).toBe(1);
    expect(dispatcher.counters.watermarksIgnored).toBe(2);
  });

  it('waits for every consumer that is named', async () => {
    const { clock, source, publisher, dispatcher } = setUp(['office', 'control']);
    publisher.connect();
    source.addEvent();
    source.addEvent();
    await clock.advance(1_000);
    dispatcher.watermark('office', { epoch: 1, seq: 2 });
    dispatcher.watermark('stranger', { epoch: 1, seq: 2 });
    await clock.advance(1_000);
    expect(source.waiting.size).toBe(2);
    dispatcher.watermark('control', { epoch: 1, seq: 1 });
    await clock.advance(1_000);
    expect([...source.waiting.keys()]).toEqual([2]);
  });

  it('does not end what was never sent, whatever a consumer says', async () => {
    const { clock, source, publisher, dispatcher } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === EVENT ? 'hold' : 'accept');
    source.addEvent();
    const alarm = source.addAlarm({ alarm: 'a' });
    await clock.advance(1_000);
    dispatcher.watermark('office', { epoch: 1, seq: alarm });
    await clock.advance(1_000);
    expect([...source.waiting.keys()]).toEqual([1]);
  });
});
