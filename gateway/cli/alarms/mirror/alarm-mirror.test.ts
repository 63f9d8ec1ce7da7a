import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryFeed } from '../../../broker/testing/memory-feed.ts';
import { ScriptedFeed } from '../testing/scripted-feed.ts';

let feed: ScriptedFeed;

beforeEach(() => {
  feed = new ScriptedFeed();
});

/** What the mirror holds of what is not normal. */
function held(): Record<string, string> {
  const alarms = feed.mirror.snapshot().alarms.filter(({ letter }) => letter !== 'A');
  return Object.fromEntries(alarms.map(({ alarm, letter, rev }) => [alarm, `${letter} ${rev}`]));
}

/** The transitions that a person was told of, and how alarms stand of which they were told that alone. */
function told(): string[] {
  return feed.told.flatMap((news) => {
    if (news.kind === 'happened') return `${news.event.data.alarm} ${news.event.data.to}`;
    return news.kind === 'stands' ? news.alarms.map(({ alarm, letter }) => `${alarm} stands ${letter}`) : [];
  });
}

function reasons(): (string | null)[] {
  return feed.told.flatMap((news) => (news.kind === 'trust' ? [news.distrust] : []));
}

/** In step with a gateway that has nothing to say. */
function inStep(): void {
  feed.publishHead();
  feed.connect();
  expect(feed.distrust).toBeNull();
  feed.asked.length = 0;
  feed.told.length = 0;
}

describe('a mirror that is connected', () => {
  it('is not trusted before it is', () => {
    expect(feed.distrust).toBe('notConnected');
  });

  it('asks for everything at first, and can be trusted when it has come', () => {
    feed.change('a');
    feed.change('b');
    feed.change('b', 'A');
    feed.connect();
    expect(feed.asked).toMatchObject([{ fromEpoch: null, fromSeq: 0 }]);
    expect(held()).toEqual({ a: 'B 1' });
    expect(feed.mirror.snapshot()).toMatchObject({ epoch: 1, seq: 3, nonNormal: 1 });
    expect(feed.mirror.snapshot().alarms).toMatchObject([{ alarm: 'a' }, { alarm: 'b', letter: 'A', rev: 3 }]);
    expect(told()).toEqual(['a stands B']);
    expect(reasons()).toEqual(['catchingUp', null]);
  });

  it('follows events and states, and tells each transition once, however often it comes', () => {
    inStep();
    const { event, state } = feed.record('a');
    for (const message of [event, event, state, state]) feed.publish(message);
    feed.change('a', 'C');
    expect(held()).toEqual({ a: 'C 2' });
    expect(told()).toEqual(['a B', 'a C']);
    feed.advance(60_000);
    expect([feed.distrust, feed.asked]).toEqual([null, []]);
  });

  it('drops what is older than what it holds', () => {
    inStep();
    const [one, two] = [feed.record('a', 'B'), feed.record('a', 'C')];
    for (const message of [two.event, two.state, one.event, one.state]) feed.publish(message);
    expect(held()).toEqual({ a: 'C 2' });
    expect(feed.mirror.snapshot().alarms).toMatchObject([{ state: { rev: 2 } }]);
    feed.disconnect();
    feed.connect();
    expect(told()).toEqual(['a C', 'a B']);
  });

  it('waits for events that have overtaken each other', () => {
    inStep();
    const [one, two] = [feed.record('a'), feed.record('b')];
    for (const message of [two.event, two.state]) feed.publish(message);
    feed.advance(1_500);
    for (const message of [one.event, one.state]) feed.publish(message);
    feed.advance(10_000);
    expect([feed.distrust, feed.asked]).toEqual([null, []]);
    expect(feed.mirror.snapshot().seq).toBe(2);
  });

  it('forgets an alarm whose topic was deleted', () => {
    feed.change('a');
    inStep();
    feed.store.alarmRows.delete('a');
    feed.deleteTopic('a');
    expect(feed.mirror.snapshot().alarms).toEqual([]);
    feed.advance(30_000);
    feed.disconnect();
    feed.connect();
    expect([feed.distrust, told()]).toEqual([null, []]);
  });
});

describe('a mirror that has missed something', () => {
  it('sees a head ahead of it for 2 s, says so, and asks for the events', () => {
    feed.change('a');
    inStep();
    feed.losing = true;
    feed.change('b');
    feed.losing = false;
    feed.publishHead();
    feed.answering = false;
    feed.advance(1_500);
    expect(feed.distrust).toBeNull();
    feed.advance(500);
    expect(feed.distrust).toBe('ahead');
    expect(feed.asked).toMatchObject([{ fromEpoch: 1, fromSeq: 1 }]);
  });

  it('has all of it after the answer, and after another one where the states were lost too', () => {
    inStep();
    feed.losing = true;
    feed.change('a');
    feed.losing = false;
    feed.advance(10_000);
    expect(feed.asked).toMatchObject([{ fromEpoch: 1, fromSeq: 0 }, { fromEpoch: null }]);
    expect(reasons()).toEqual(['ahead', 'catchingUp', null, 'unfinished', 'catchingUp', null]);
    expect(told()).toEqual(['a B']);
    expect(feed.mirror.snapshot().alarms).toMatchObject([{ alarm: 'a', rev: 1, state: { rev: 1 } }]);
  });

  it('asks for what an event names and has not come', () => {
    inStep();
    feed.beating = false;
    feed.record('a');
    feed.publish(feed.stateOf('a'));
    feed.change('b');
    feed.advance(2_000);
    expect(reasons()).toEqual(['hole', 'catchingUp', null]);
    expect(feed.asked).toMatchObject([{ fromEpoch: 1, fromSeq: 0 }]);
    expect(told()).toEqual(['b B', 'a B']);
  });

  it('asks for everything where its states are not those of the head', () => {
    feed.change('a');
    inStep();
    feed.losing = true;
    feed.store.alarmRows.delete('a');
    feed.deleteTopic('a');
    feed.losing = false;
    feed.advance(12_000);
    expect(reasons()).toEqual(['different', null]);
    expect(feed.asked).toMatchObject([{ fromEpoch: null }]);
    expect([held(), told()]).toEqual([{}, ['a stands A']]);
  });

  it('takes the answer for all that there is, where the journal no longer has what the head knows of', () => {
    feed.change('a');
    feed.store.rows.delete(1);
    feed.publishHead();
    feed.connect();
    feed.advance(10_000);
    expect(feed.asked).toMatchObject([{ fromEpoch: null }]);
    expect([feed.distrust, held(), feed.mirror.snapshot().seq]).toEqual([null, { a: 'B 1' }, 1]);
  });

  it('asks about one head once', () => {
    inStep();
    // In the store, and never published: the head and the answers will not agree.
    feed.store.addAlarm({ alarm: 'a' });
    feed.connect();
    feed.advance(40_000);
    expect(feed.distrust).toBe('different');
    expect(feed.asked.length).toBeLessThanOrEqual(2 + 4);
  });
});

describe('a mirror that is cut off', () => {
  it('says so, and asks for what it has missed when it is back', () => {
    inStep();
    feed.change('a');
    feed.disconnect();
    expect(feed.distrust).toBe('notConnected');
    feed.change('b');
    feed.change('a', 'A');
    feed.connect();
    expect(feed.asked).toMatchObject([{ fromEpoch: 1, fromSeq: 1 }]);
    expect(told()).toEqual(['a B', 'b B', 'a A']);
    expect([held(), feed.distrust]).toEqual([{ b: 'B 2' }, null]);
  });

  it('tells how alarms are now where the journal does not reach back', () => {
    inStep();
    for (const alarm of ['a', 'b']) feed.change(alarm);
    feed.disconnect();
    feed.change('b', 'A');
    feed.change('c');
    for (const seq of [1, 2, 3]) feed.store.rows.delete(seq);
    feed.connect();
    expect(told().slice(2)).toEqual(['b stands A', 'c stands B']);
    expect([held(), feed.distrust]).toEqual([{ a: 'B 1', c: 'B 4' }, null]);
  });

  /** In step with one alarm, then away; back, the answer to its question has begun to give everything as of `seq`. */
  function answerBegins(seq: number): string {
    feed.change('a');
    inStep();
    feed.answering = false;
    feed.disconnect();
    feed.connect();
    const { requestId } = feed.asked[0] ?? { requestId: '' };
    feed.answer(requestId, { kind: 'gap', from: 1, to: seq });
    feed.answer(requestId, { kind: 'start', epoch: 1, seq });
    return requestId;
  }

  it('asks for everything where the connection went in the middle of that', () => {
    answerBegins(1);
    feed.disconnect();
    feed.answering = true;
    feed.connect();
    expect(feed.asked[1]).toMatchObject({ fromEpoch: null });
    expect(held()).toEqual({ a: 'B 1' });
  });

  it('does not take a state that it had before for one that the answer confirms', () => {
    const requestId = answerBegins(2);
    feed.publish(feed.stateOf('a'));
    feed.answer(requestId, { kind: 'end', epoch: 1, seq: 2, count: 0 });
    expect(held()).toEqual({});
  });

  it('tells once what happens during the answer', () => {
    const requestId = answerBegins(1);
    const { event, state } = feed.record('b');
    feed.publish(state);
    feed.answer(requestId, { kind: 'item', state: JSON.parse(feed.stateOf('a').payload) as object });
    feed.answer(requestId, { kind: 'end', epoch: 1, seq: 1, count: 1 });
    feed.publish(event);
    expect(told()).toEqual(['b B']);
    expect(held()).toEqual({ a: 'B 1', b: 'B 2' });
  });

  it('drops a state that was over before everything was told', () => {
    const { state } = feed.record('a');
    feed.record('a', 'A');
    inStep();
    feed.publish(state);
    expect(held()).toEqual({});
  });

  it.each([
    [{ kind: 'end', epoch: 1, seq: 1, count: 2 }],
    [{ kind: 'refused', error: 'too many refreshes are waiting: ask again later' }],
  ])('asks again with the next head after %j', (part) => {
    feed.change('a');
    feed.answering = false;
    feed.connect();
    feed.answer(feed.asked[0]?.requestId ?? '', part);
    expect(feed.distrust).toBe('catchingUp');
    feed.answering = true;
    feed.advance(11_000);
    expect([feed.asked.length, feed.distrust]).toEqual([2, null]);
  });

  it('does not hear an answer that it did not ask for', () => {
    feed.answering = false;
    feed.connect();
    feed.answer('somebody-else', { kind: 'end', epoch: 1, seq: 0, count: 0 });
    expect(feed.distrust).toBe('catchingUp');
  });
});

describe('a mirror without a gateway', () => {
  it('is silent after 30 s without a head, and refreshes once one comes', () => {
    inStep();
    feed.beating = false;
    feed.advance(29_500);
    expect(feed.distrust).toBeNull();
    feed.advance(500);
    expect(feed.distrust).toBe('silent');
    feed.advance(120_000);
    expect(feed.asked).toEqual([]);
    feed.publishHead();
    expect([feed.asked.length, feed.distrust]).toEqual([1, null]);
  });

  it('does not take the head that a broker has kept for a sign of life', () => {
    feed.publishHead();
    feed.answering = false;
    feed.beating = false;
    feed.connect();
    feed.advance(30_000);
    expect(reasons()).toEqual(['catchingUp', 'silent']);
  });

  it('cannot be trusted while the gateway is offline, and refreshes when it is back', () => {
    feed.change('a');
    inStep();
    feed.publishStatus(false);
    feed.store.addAlarm({ alarm: 'b' });
    feed.restart();
    expect(reasons()).toEqual(['gatewayOffline', 'catchingUp', null]);
    expect(held()).toEqual({ a: 'B 1', b: 'B 2' });
    expect(told()).toEqual(['b B']);
  });
});

describe('a mirror whose gateway has another store', () => {
  it('forgets everything, and asks without a place, when a head is of another epoch', () => {
    for (const alarm of ['a', 'b', 'c', 'd']) feed.change(alarm);
    inStep();
    feed.change('d', 'A');
    feed.change('b', 'C');
    feed.told.length = 0;
    const empty = feed.emptyStore();
    for (let seq = 1; seq <= 6; seq += 1) empty.addAlarm({ alarm: 'b' });
    feed.restart(empty);
    expect(feed.distrust).toBe('otherEpoch');
    feed.advance(2_000);
    expect(feed.asked).toMatchObject([{ fromEpoch: null, fromSeq: 0 }]);
    expect(feed.mirror.snapshot()).toMatchObject({
      epoch: 2,
      seq: 6,
      distrust: null,
      alarms: [{ alarm: 'b', rev: 6 }],
    });
    expect(told().toSorted()).toEqual(['a stands A', 'b stands B', 'c stands A']);
  });

  it('passes over what is of another epoch as long as it has not asked', () => {
    inStep();
    feed.store = feed.emptyStore();
    feed.change('a');
    expect([held(), told()]).toEqual([{}, []]);
  });

  it('passes over states that the broker has kept of the epoch before', () => {
    feed.change('a');
    feed.restart(feed.emptyStore());
    inStep();
    expect(held()).toEqual({});
    feed.change('c');
    expect(held()).toEqual({ c: 'B 1' });
    feed.disconnect();
    feed.connect();
    expect([held(), feed.distrust]).toEqual([{ c: 'B 1' }, null]);
  });

  it('finds out by the hash that it is an older copy of the same', () => {
    for (const alarm of ['a', 'b', 'c']) feed.change(alarm);
    feed.change('a', 'A');
    inStep();
    const copy = new MemoryFeed(() => 0, 1);
    copy.addAlarm({ alarm: 'c' });
    feed.restart(copy);
    feed.advance(2_000);
    expect(reasons()).toEqual(['different', 'catchingUp', null]);
    expect(feed.mirror.snapshot()).toMatchObject({ seq: 1, alarms: [{ alarm: 'c', rev: 1 }] });
  });
});
