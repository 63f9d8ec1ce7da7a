import { describe, expect, it } from 'vitest';
import { Dispatcher, type DispatchSettings } from './dispatch.ts';
import { alarmHead, feedSkipped, status } from './schemas.ts';
import { ManualClock, settle } from './testing/manual-clock.ts';
import { MemoryFeed } from './testing/memory-feed.ts';
import { ScriptedPublisher } from './testing/scripted-publisher.ts';
import { createTopics } from './topics.ts';

const topics = createTopics('community', 'site1');
const EVENT = topics.event('test', 'happened');
const TEN_S = 10_000;

function setUp(settings: Partial<DispatchSettings> = {}) {
  const clock = new ManualClock();
  const source = new MemoryFeed(() => clock.now());
  const publisher = new ScriptedPublisher();
  const fixed = { source, publisher, topics, clock, after: clock.after, bootId: 'boot', version: '1.0.0' };
  const dispatcher = new Dispatcher({ ...fixed, ack: 'puback', consumers: [], ...settings });
  /** Seqs of what was published on `topic`, in order. */
  const seqs = (topic: string) => publisher.log.filter((message) => message.topic === topic).map(seqOf);
  return { clock, source, publisher, dispatcher, seqs };
}

const parse = (message: { readonly payload: string } | undefined) =>
  JSON.parse(message?.payload ?? 'null') as Record<string, unknown>;
const seqOf = (message: { readonly payload: string }) => Number(parse(message)['seq']);

describe('the order of publishing', () => {
  it('is status first, then event, state and head', async () => {
    const { source, publisher } = setUp();
    publisher.connect();
    await settle();
    publisher.log.length = 0;
    source.addAlarm({ alarm: 'lift1--x' });
    await settle();
    expect(publisher.topics()).toEqual([topics.alarmEvent, topics.alarmState('lift1--x')]);
  });

  it('begins a connection with status, before anything else is risked', async () => {
    const { source, publisher } = setUp();
    publisher.respond = () => 'hold';
    source.addAlarm({ alarm: 'lift1--x' });
    publisher.connect();
    await settle();
    expect(publisher.topics()).toEqual([topics.status]);
    publisher.respond = () => 'accept';
    for (const message of publisher.open) message.accept();
    await settle();
    expect(publisher.topics().slice(0, 4)).toEqual([
      topics.status,
      topics.alarmEvent,
      topics.alarmState('lift1--x'),
      topics.alarmHead,
    ]);
  });

  it('keeps a state back while the event of its revision waits for room in the window', async () => {
    const { source, publisher } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === topics.alarmEvent ? 'hold' : 'accept');
    for (let n = 0; n < 70; n += 1) source.addAlarm({ alarm: `a${n}` });
    await settle();
    expect(publisher.topics().filter((topic) => topic === topics.alarmEvent)).toHaveLength(64);
    expect(publisher.topics()).toContain(topics.alarmState('a63'));
    expect(publisher.topics()).not.toContain(topics.alarmState('a64'));
    for (const message of publisher.open) message.accept();
    await settle();
    expect(publisher.topics()).toContain(topics.alarmState('a69'));
  });

  it('keeps the order of a source, with a bounded window in flight', async () => {
    const { source, publisher, seqs } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === EVENT ? 'hold' : 'accept');
    const all = Array.from({ length: 300 }, () => source.addEvent());
    await settle();
    expect(publisher.open.size).toBe(64);
    while (publisher.open.size > 0) {
      expect(publisher.open.size).toBeLessThanOrEqual(64);
      for (const message of publisher.open) message.accept();
      await settle();
    }
    expect(seqs(EVENT)).toEqual(all);
  });

  it('lets a live alarm overtake events that wait', async () => {
    const { source, publisher, seqs } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === EVENT ? 'hold' : 'accept');
    for (let n = 0; n < 200; n += 1) source.addEvent();
    await settle();
    const alarm = source.addAlarm({ alarm: 'a' });
    await settle();
    expect(seqs(topics.alarmEvent)).toEqual([alarm]);
  });

  it('lets a live alarm overtake alarms that waited while the broker was away', async () => {
    const { clock, source, publisher, seqs } = setUp();
    const late = Array.from({ length: 200 }, (_, n) => source.addAlarm({ alarm: `a${n}` }));
    await clock.advance(60_000);
    publisher.respond = ({ topic }) => (topic === topics.alarmEvent ? 'hold' : 'accept');
    publisher.connect();
    await settle();
    expect(seqs(topics.alarmEvent)).toEqual(late.slice(0, 64));
    const live = source.addAlarm({ alarm: 'live' });
    await settle();
    expect(seqs(topics.alarmEvent).at(-1)).toBe(live);
    publisher.respond = () => 'accept';
    for (const message of publisher.open) message.accept();
    await settle();
    expect(seqs(topics.alarmEvent).toSorted((a, b) => a - b)).toEqual([...late, live]);
  });
});

describe('what is not acknowledged', () => {
  it('stays in the outbox until the PUBACK, and is told to the store in one batch', async () => {
    const { clock, source, publisher } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === EVENT ? 'hold' : 'accept');
    source.addEvent();
    source.addEvent();
    await clock.advance(5_000);
    expect(source.waiting.size).toBe(2);
    for (const message of publisher.open) message.accept();
    await clock.advance(100);
    expect(source.waiting.size).toBe(0);
  });

  it('is sent again on the next connection, from the oldest on', async () => {
    const { clock, source, publisher, seqs } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === EVENT ? 'hold' : 'accept');
    const all = Array.from({ length: 10 }, () => source.addEvent());
    await settle();
    [...publisher.open][0]?.accept();
    [...publisher.open][3]?.accept();
    await settle();
    publisher.disconnect();
    await settle();
    publisher.log.length = 0;
    publisher.respond = () => 'accept';
    publisher.connect();
    await clock.advance(200);
    expect(seqs(EVENT)).toEqual(all.filter((seq) => seq !== 1 && seq !== 5));
    expect(source.waiting.size).toBe(0);
  });

  it('is sent again when no PUBACK has come for 30 s', async () => {
    const { clock, source, publisher, seqs } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === EVENT ? 'hold' : 'accept');
    const seq = source.addEvent();
    await clock.advance(29_000);
    expect(seqs(EVENT)).toEqual([seq]);
    await clock.advance(2_000);
    expect(seqs(EVENT)).toEqual([seq, seq]);
  });

  it('is told to the store later when it cannot be written now', async () => {
    const { clock, source, publisher } = setUp();
    publisher.connect();
    source.addEvent();
    source.full = true;
    await clock.advance(60_000);
    expect(source.waiting.size).toBe(1);
    source.full = false;
    await clock.advance(1_000);
    expect(source.waiting.size).toBe(0);
    expect(publisher.log.filter(({ topic }) => topic === EVENT)).toHaveLength(1);
  });

  it('survives a restart of the gateway', async () => {
    const first = setUp();
    const seq = first.source.addEvent();
    await first.dispatcher.close();
    const publisher = new ScriptedPublisher();
    const { clock, source } = first;
    const fixed = { source, publisher, topics, clock, after: clock.after, bootId: 'boot2', version: '1.0.0' };
    new Dispatcher({ ...fixed, ack: 'puback', consumers: [] });
    publisher.connect();
    await settle();
    expect(publisher.log.filter(({ topic }) => topic === EVENT).map(seqOf)).toEqual([seq]);
  });
});

describe('a backlog', () => {
  it('is marked, and drained at a bounded rate; alarms are not held back', async () => {
    const { clock, source, publisher, seqs } = setUp();
    for (let n = 0; n < 1_000; n += 1) source.addEvent();
    for (let n = 0; n < 300; n += 1) source.addAlarm({ alarm: `a${n}` });
    await clock.advance(60_000);
    publisher.connect();
    await settle();
    expect(seqs(topics.alarmEvent)).toHaveLength(300);
    const before = seqs(EVENT).length;
    await clock.advance(1_000);
    const drained = seqs(EVENT).length - before;
    expect(drained).toBeGreaterThanOrEqual(190);
    expect(drained).toBeLessThanOrEqual(260);
    expect(publisher.log.filter(({ topic }) => topic === EVENT).every((message) => parse(message)['backlog'])).toBe(
      true,
    );
    await clock.advance(5_000);
    expect(seqs(EVENT)).toHaveLength(1_000);
  });

  it('drains at four times the live rate where that is more', async () => {
    const { clock, source, publisher, seqs } = setUp();
    publisher.connect();
    for (let second = 0; second < 120; second += 1) {
      for (let n = 0; n < 100; n += 1) source.addEvent();
      await clock.advance(1_000);
    }
    publisher.disconnect();
    for (let n = 0; n < 3_000; n += 1) source.addEvent();
    await clock.advance(20_000);
    publisher.connect();
    await settle();
    const before = seqs(EVENT).length;
    await clock.advance(1_000);
    expect(seqs(EVENT).length - before).toBeGreaterThan(250);
  });

  it('does not mark or pace what is live', async () => {
    const { source, publisher, seqs } = setUp();
    publisher.connect();
    await settle();
    for (let n = 0; n < 1_000; n += 1) source.addEvent();
    await settle();
    expect(seqs(EVENT)).toHaveLength(1_000);
    expect(publisher.log.some((message) => 'backlog' in parse(message))).toBe(false);
  });
});

describe('a message that is refused for ever', () => {
  it('goes to the dead letters when it cannot be rendered, and is named on feed/skipped', async () => {
    const { clock, source, publisher, seqs } = setUp();
    publisher.connect();
    await settle();
    const bad = source.addEvent({ type: 'no topic/at all' });
    const good = source.addEvent();
    await clock.advance(1_000);
    expect(source.dead.map(({ seq }) => seq)).toEqual([bad]);
    expect(seqs(EVENT)).toEqual([good]);
    const skipped = feedSkipped.parse(parse(publisher.log.findLast(({ topic }) => topic === topics.feedSkipped)));
    expect(skipped.skipped.map(({ seq }) => seq)).toEqual([bad]);
  });

  it('goes to the dead letters when the broker refuses it', async () => {
    const { clock, source, publisher } = setUp();
    publisher.connect();
    await settle();
    publisher.respond = ({ topic }) => (topic === EVENT ? 'hold' : 'accept');
    const bad = source.addEvent();
    const good = source.addEvent();
    await settle();
    for (const message of publisher.open) {
      if (seqOf(message) === bad) message.reject('refused');
      else message.accept();
    }
    await clock.advance(1_000);
    expect(source.dead.map(({ seq }) => seq)).toEqual([bad]);
    expect([...source.waiting.keys()]).not.toContain(good);
  });

  it('waits for a store that cannot bury it now', async () => {
    const { clock, source, publisher } = setUp();
    publisher.connect();
    await settle();
    source.full = true;
    const bad = source.addEvent({ type: 'no topic/at all' });
    await clock.advance(1_000);
    expect(source.waiting.has(bad)).toBe(true);
    source.full = false;
    await clock.advance(30_000);
    expect(source.dead.map(({ seq }) => seq)).toEqual([bad]);
  });

  it('is found when the broker hangs up on it, and everything else arrives', async () => {
    const { clock, source, publisher } = setUp();
    for (let n = 0; n < 10; n += 1) source.setPoint({ device: 'd1', point: `p${n}` });
    const all = Array.from({ length: 20 }, () => source.addEvent());
    const killer = all[7];
    const beside: number[] = [];
    publisher.respond = (message) => {
      if (message.topic.includes('/point/')) return 'hold';
      if (message.topic !== EVENT || seqOf(message) !== killer) return 'accept';
      beside.push(publisher.open.size - 1);
      return 'drop';
    };
    for (let round = 0; round < 30 && source.waiting.size > 0; round += 1) {
      publisher.connect();
      await clock.advance(1_000);
    }
    expect(source.dead.map(({ seq }) => seq)).toEqual([killer]);
    expect(source.waiting.size).toBe(0);
    // Three times among others, five times alone, and once more on a connection that was proven good.
    expect(beside.slice(3)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('is found although it is the only one, once the broker has accepted a state', async () => {
    const { clock, source, publisher, seqs } = setUp();
    const killer = source.addAlarm({ alarm: 'a' });
    publisher.respond = (message) => (message.topic === topics.alarmEvent ? 'drop' : 'accept');
    for (let round = 0; round < 12; round += 1) {
      publisher.connect();
      await clock.advance(1_000);
    }
    expect(source.dead.map(({ seq }) => seq)).toEqual([killer]);
    expect(publisher.topics()).toContain(topics.alarmState('a'));
    expect(seqs(topics.alarmEvent)).toHaveLength(9);
  });

  it('is blamed only when nothing else was in flight', async () => {
    const { clock, source, publisher } = setUp();
    const killer = source.addAlarm({ alarm: 'a' });
    source.setPoint({ device: 'd1', point: 'u' });
    const beside: number[] = [];
    publisher.respond = ({ topic }) => {
      if (topic === topics.point('d1', 'u')) return 'hold';
      if (topic !== topics.alarmEvent) return 'accept';
      beside.push(publisher.open.size - 1);
      return 'drop';
    };
    for (let round = 0; round < 12; round += 1) {
      publisher.connect();
      await clock.advance(1_000);
      for (const message of publisher.open) message.accept();
      await clock.advance(1_000);
    }
    expect(source.dead.map(({ seq }) => seq)).toEqual([killer]);
    expect(beside.at(-1)).toBe(0);
  });

  it.each([
    ['before anything is accepted', ''],
    ['after status', topics.status],
  ])('is not confused with a network that drops every connection %s', async (_when, accepted) => {
    const { clock, source, publisher } = setUp();
    const all = Array.from({ length: 20 }, () => source.addEvent());
    publisher.respond = ({ topic }) => (topic === accepted ? 'accept' : 'hold');
    for (let round = 0; round < 250; round += 1) {
      publisher.connect();
      await clock.advance(100);
      publisher.disconnect();
      await clock.advance(100);
    }
    expect(source.dead).toEqual([]);
    publisher.respond = () => 'accept';
    publisher.log.length = 0;
    for (let round = 0; round < 2; round += 1) {
      publisher.connect();
      await clock.advance(1_000);
    }
    expect(source.dead.length).toBeLessThanOrEqual(2);
    expect(source.waiting.size).toBe(0);
    expect(publisher.log.filter(({ topic }) => topic === EVENT).map(seqOf)).toEqual(
      expect.arrayContaining(all.slice(2)),
    );
  });
});

describe('status and head', () => {
  it('says that it is there, and goodbye', async () => {
    const { source, publisher, dispatcher } = setUp();
    source.addEvent();
    publisher.connect();
    await settle();
    await dispatcher.close();
    const said = publisher.log
      .filter(({ topic }) => topic === topics.status)
      .map((message) => status.parse(parse(message)));
    expect(said.map(({ online, seq }) => [online, seq])).toEqual([[true, 1], [false, 1]]); // prettier-ignore
  });

  it('publishes the head every 10 s with one timer and nothing else to do', async () => {
    const { clock, publisher } = setUp();
    publisher.connect();
    await settle();
    publisher.log.length = 0;
    await clock.advance(3_600_000);
    expect(publisher.log).toHaveLength(360);
    expect(clock.timers).toBe(1);
  });

  it('publishes the head at most once a second while alarms change', async () => {
    const { clock, source, publisher } = setUp();
    publisher.connect();
    await clock.advance(TEN_S);
    publisher.log.length = 0;
    for (let n = 0; n < 100; n += 1) {
      source.addAlarm({ alarm: `a${n}` });
      await clock.advance(50);
    }
    await clock.advance(1_000);
    const heads = publisher.log.filter(({ topic }) => topic === topics.alarmHead).map((m) => alarmHead.parse(parse(m)));
    expect(heads.length).toBeLessThanOrEqual(7);
    expect(heads.at(-1)).toMatchObject({ seq: 100, nonNormal: 100 });
  });
});
