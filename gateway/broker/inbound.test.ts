import { describe, expect, it } from 'vitest';
import type { AlarmDecision } from '../alarms/decision.ts';
import { Inbox, type Answer, type SubmitCommand } from './inbound.ts';
import { alarmResult, commandResult, refreshAnswer } from './schemas.ts';
import { ManualClock, settle } from './testing/manual-clock.ts';
import { ScriptedPublisher } from './testing/scripted-publisher.ts';
import { createTopics } from './topics.ts';

const topics = createTopics('community', 'site1');
const OPEN = topics.command('gate1', 'open');
const ACK = topics.alarmCommand('ack');
const DECISION = { alarm: 'lift1--x', occurrenceId: 'o1', rev: 4 };

function setUp(answer: Answer = { ok: true }) {
  const publisher = new ScriptedPublisher();
  const commands: SubmitCommand[] = [];
  const decisions: AlarmDecision[] = [];
  const refreshes: unknown[] = [];
  const marks: unknown[] = [];
  const inbox = new Inbox({
    publisher,
    topics,
    clock: new ManualClock(),
    submitCommand: (command) => {
      commands.push(command);
      return answer;
    },
    decide: (decision) => {
      decisions.push(decision);
      return Promise.resolve(answer);
    },
    refresh: (request) => refreshes.push(request),
    watermark: (consumer, mark) => marks.push({ consumer, ...mark }),
  });
  publisher.connect();
  const deliver = async (topic: string, payload: unknown, retained = false) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    publisher.deliver({ topic, payload: Buffer.from(text), retained, by: 'li' });
    await settle();
  };
  const answers = () => publisher.log.map(({ topic, payload }) => ({ topic, said: JSON.parse(payload) as unknown }));
  return { publisher, inbox, commands, decisions, refreshes, marks, deliver, answers };
}

describe('a command', () => {
  it('is handed on with who asked, and answered', async () => {
    const { commands, deliver, answers } = setUp();
    await deliver(OPEN, { commandId: 'c1', expiresInMs: 3_000 });
    const asked = { device: 'gate1', action: 'open', value: null, expiresInMs: 3_000, by: 'li', via: 'mqtt' };
    expect(commands).toEqual([{ id: 'c1', ...asked }]);
    expect(answers().map(({ topic }) => topic)).toEqual([topics.commandResult('c1')]);
    expect(commandResult.parse(answers()[0]?.said)).toMatchObject({ commandId: 'c1', state: 'accepted' });
  });

  it('that has ended, and is repeated, is answered with its end', async () => {
    const row = {
      ...{ id: 'c1', device: 'gate1', action: 'open', value: null, by: 'li', via: 'mqtt', state: 'done' as const },
      ...{ acceptedAt: 1, expiresAt: 2, sentAt: 1, finishedAt: 2, error: null },
      result: { seen: [{ point: 'status', value: 'open', quality: 'good', at: 0 }] },
    };
    const { deliver, answers } = setUp(Object.assign({ ok: true as const }, { row }));
    await deliver(OPEN, { commandId: 'c1' });
    expect(commandResult.parse(answers()[0]?.said)).toMatchObject({
      commandId: 'c1',
      state: 'done',
      result: { seen: [{ point: 'status', at: '1970-01-01T00:00:00.000Z' }] },
    });
  });

  it('that is refused is answered with the reason', async () => {
    const { deliver, answers } = setUp({ ok: false, message: 'no such device' });
    await deliver(OPEN, { commandId: 'c1', value: 5 });
    expect(commandResult.parse(answers()[0]?.said)).toMatchObject({ state: 'refused', error: 'no such device' });
  });

  it('that is retained is never carried out: counted and answered', async () => {
    const { inbox, commands, deliver, answers } = setUp();
    await deliver(OPEN, { commandId: 'c1' }, true);
    expect(commands).toEqual([]);
    expect(inbox.counters.refused.retained).toBe(1);
    expect(commandResult.parse(answers()[0]?.said)).toMatchObject({
      ...{ commandId: 'c1', device: 'gate1', action: 'open', state: 'refused' },
      error: expect.stringContaining('retain flag') as string,
    });
  });

  it('that cannot be read is answered where it says whom to answer, and counted', async () => {
    const { inbox, commands, deliver, answers } = setUp();
    await deliver(OPEN, '{"commandId":"c1", oops');
    await deliver(OPEN, { commandId: 'c2', unknown: 1 });
    await deliver(OPEN, 'oops');
    expect(commands).toEqual([]);
    expect(inbox.counters.refused.malformed).toBe(3);
    expect(answers().map(({ topic }) => topic)).toEqual([topics.commandResult('c1'), topics.commandResult('c2')]);
    for (const { said } of answers())
      expect(commandResult.parse(said)).toMatchObject({ device: 'gate1', action: 'open', state: 'refused' });
  });

  it('on a topic that names no device and action is counted, and not listened to', async () => {
    const { inbox, commands, deliver, answers } = setUp();
    await deliver(topics.command('gate 1', 'open'), { commandId: 'c1' });
    await deliver(topics.alarmEvent, { commandId: 'c1' });
    expect(inbox.counters).toMatchObject({ received: { command: 0 }, refused: { malformed: 2 } });
    expect([commands, answers()]).toEqual([[], []]);
  });

  it('is carried out although nobody hears the answer', async () => {
    const { publisher, commands, deliver } = setUp();
    publisher.disconnect();
    await deliver(OPEN, { commandId: 'c1' });
    expect(commands).toHaveLength(1);
  });
});

describe('a decision on an alarm', () => {
  it('is handed on with what was seen, and answered', async () => {
    const { decisions, deliver, answers } = setUp({ ok: true, stored: true });
    await deliver(ACK, { commandId: 'c1', ...DECISION, note: 'seen' });
    expect(decisions).toEqual([{ ...DECISION, note: 'seen', verb: 'ack', by: 'li' }]);
    expect(answers()[0]?.topic).toBe(topics.alarmResult('c1'));
    expect(alarmResult.parse(answers()[0]?.said)).toMatchObject({ ok: true, stored: true });
  });

  it('that is stale is answered with the reason', async () => {
    const { deliver, answers } = setUp({ ok: false, message: 'it has changed' });
    await deliver(ACK, { commandId: 'c1', ...DECISION });
    expect(alarmResult.parse(answers()[0]?.said)).toMatchObject({ ok: false, error: 'it has changed' });
  });

  it.each(['delete', 'constructor'])('with the verb %s, which there is not, is refused', async (verb) => {
    const { decisions, deliver, answers } = setUp();
    await deliver(topics.alarmCommand(verb), { commandId: 'c1', ...DECISION });
    expect(decisions).toEqual([]);
    const error = `there is no ${verb}; there are ack, reset, shelve, unshelve, removeFromService, placeInService`;
    expect(alarmResult.parse(answers()[0]?.said)).toMatchObject({ ok: false, error });
  });

  it('says until when to shelve, in ISO 8601', async () => {
    const { decisions, deliver, answers } = setUp();
    const note = 'the valve is on order';
    await deliver(topics.alarmCommand('shelve'), {
      commandId: 'c1',
      ...DECISION,
      note,
      until: '2026-01-15T08:30:00+08:00',
    });
    expect(decisions).toEqual([{ ...DECISION, note, verb: 'shelve', until: Date.UTC(2026, 0, 15, 0, 30), by: 'li' }]);
    await deliver(topics.alarmCommand('shelve'), { commandId: 'c2', ...DECISION, note, until: 'tomorrow' });
    expect(decisions).toHaveLength(1);
    expect(alarmResult.parse(answers()[1]?.said)).toMatchObject({ commandId: 'c2', ok: false });
  });

  it('to show an alarm again names no revision', async () => {
    const { decisions, deliver } = setUp();
    await deliver(topics.alarmCommand('unshelve'), { commandId: 'c1', alarm: 'lift1--x' });
    expect(decisions).toEqual([{ verb: 'unshelve', alarm: 'lift1--x', note: null, by: 'li' }]);
  });

  it('without what was seen is refused', async () => {
    const { decisions, deliver, answers } = setUp();
    await deliver(ACK, { commandId: 'c1', alarm: 'lift1--x' });
    expect(decisions).toEqual([]);
    expect(alarmResult.parse(answers()[0]?.said)).toMatchObject({ ok: false });
  });
});

describe('refreshes and watermarks', () => {
  it('are handed on', async () => {
    const { refreshes, marks, deliver } = setUp();
    await deliver(topics.alarmRefresh, { requestId: 'r1', fromEpoch: 1, fromSeq: 7 });
    await deliver(topics.watermark('office'), { epoch: 1, seq: 9 });
    expect(refreshes).toEqual([{ requestId: 'r1', fromEpoch: 1, fromSeq: 7 }]);
    expect(marks).toEqual([{ consumer: 'office', epoch: 1, seq: 9 }]);
  });

  it('a watermark may be retained: the newest state counts', async () => {
    const { marks, deliver } = setUp();
    await deliver(topics.watermark('office'), { epoch: 1, seq: 9 }, true);
    expect(marks).toHaveLength(1);
  });

  it('a refresh that cannot be read is refused', async () => {
    const { refreshes, deliver, answers } = setUp();
    await deliver(topics.alarmRefresh, { requestId: 'r1', fromSeq: -1 });
    expect(refreshes).toEqual([]);
    expect(answers()[0]?.topic).toBe(topics.refreshAnswer('r1'));
    expect(refreshAnswer.parse(answers()[0]?.said)).toMatchObject({ kind: 'refused' });
  });
});
