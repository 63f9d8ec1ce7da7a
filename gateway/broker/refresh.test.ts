import { describe, expect, it } from 'vitest';
import { answerParts, Refresher } from './refresh.ts';
import { refreshAnswer } from './schemas.ts';
import { settle } from './testing/manual-clock.ts';
import { MemoryFeed } from './testing/memory-feed.ts';
import { ScriptedPublisher } from './testing/scripted-publisher.ts';
import { createTopics } from './topics.ts';

const topics = createTopics('community', 'site1');

function feed(alarms: number): MemoryFeed {
  const source = new MemoryFeed(() => Date.UTC(2026, 0, 1));
  for (let n = 0; n < alarms; n += 1) {
    source.addAlarm({ alarm: `a${n}` });
    source.addEvent();
  }
  return source;
}

function parts(source: MemoryFeed, epoch: number | null, seq: number) {
  const all = [...answerParts(source, topics, epoch, seq)];
  return all.map((part) => refreshAnswer.parse(JSON.parse(JSON.stringify(part))));
}

describe('a refresh', () => {
  it('tells the alarm events that were missed, contiguous', () => {
    const answer = parts(feed(300), 1, 3);
    expect(answer.slice(0, -1).map((part) => part.kind === 'event' && part.event.seq)).toEqual(
      Array.from({ length: 298 }, (_, n) => 5 + 2 * n),
    );
    expect(answer.at(-1)).toEqual({ kind: 'end', epoch: 1, seq: 599, count: 298 });
  });

  it('tells that nothing was missed', () => {
    expect(parts(feed(2), 1, 3)).toEqual([{ kind: 'end', epoch: 1, seq: 3, count: 0 }]);
    expect(parts(feed(2), 1, 4)).toEqual([{ kind: 'end', epoch: 1, seq: 3, count: 0 }]);
  });

  it.each([
    ['no epoch', null, 0, 0],
    ['another epoch', 2, 3, 0],
    ['a seq that the feed has not reached', 1, 99, 5],
  ])('names the gap and gives the states, with %s', (_what, epoch, seq, from) => {
    const source = feed(3);
    source.addAlarm({ alarm: 'a0', letter: 'A', active: false });
    const answer = parts(source, epoch, seq);
    expect(answer.map(({ kind }) => kind)).toEqual(['gap', 'start', 'item', 'item', 'end']);
    expect(answer[0]).toMatchObject({ from: from === 5 ? 7 : from, to: 7 });
    expect(answer.at(-1)).toMatchObject({ seq: 7, count: 2 });
  });

  it('names the gap where the journal does not reach back', () => {
    const source = feed(3);
    source.rows.delete(1);
    source.rows.delete(2);
    expect(parts(source, 1, 0)[0]).toEqual({ kind: 'gap', from: 0, to: 5 });
    expect(parts(source, 1, 2)[0]).toMatchObject({ kind: 'event' });
  });
});

it('ends where the states do, though the journal does not reach so far any more', () => {
  const source = feed(3);
  source.rows.clear();
  expect(parts(source, null, 0).at(-1)).toEqual({ kind: 'end', epoch: 1, seq: 5, count: 3 });
  expect(parts(source, 1, 3)[0]).toEqual({ kind: 'gap', from: 3, to: 5 });
  expect(parts(source, 1, 5)).toEqual([{ kind: 'end', epoch: 1, seq: 5, count: 0 }]);
});

describe('Refresher', () => {
  it('answers one at a time, and tells those who are too many', async () => {
    const publisher = new ScriptedPublisher();
    const refresher = new Refresher({ source: feed(1), publisher, topics });
    publisher.connect();
    publisher.respond = () => 'hold';
    for (let n = 0; n < 20; n += 1) refresher.request({ requestId: `r${n}`, fromEpoch: null, fromSeq: 0 });
    await settle();
    expect(new Set(publisher.topics())).toEqual(
      new Set([topics.refreshAnswer('r0'), ...[17, 18, 19].map((n) => topics.refreshAnswer(`r${n}`))]),
    );
    publisher.respond = () => 'accept';
    for (const message of publisher.open) message.accept();
    await settle();
    expect(refresher.counters).toEqual({ answered: 17, refused: 3 });
  });

  it('gives up quietly when the connection goes, and goes on with the next', async () => {
    const publisher = new ScriptedPublisher();
    const refresher = new Refresher({ source: feed(1), publisher, topics });
    refresher.request({ requestId: 'r1', fromEpoch: null, fromSeq: 0 });
    await settle();
    publisher.connect();
    refresher.request({ requestId: 'r2', fromEpoch: null, fromSeq: 0 });
    await settle();
    expect(publisher.topics()).toContain(topics.refreshAnswer('r2'));
  });
});
