import { describe, expect, it } from 'vitest';
import { eventMessage } from '../../broker/event-messages.ts';
import { deviceMessage, statusMessage } from '../../broker/messages.ts';
import type { Message } from '../../broker/publisher.ts';
import { createTopics } from '../../broker/topics.ts';
import type { EventRow } from '../../store/rows.ts';
import { messageEvent } from './message-event.ts';

const topics = createTopics('community', 'east-garden');
const AT = Date.UTC(2026, 0, 2, 3, 4, 5);
const row: EventRow = {
  seq: 7,
  id: 'g-1-7',
  recordedAt: AT,
  epoch: 1,
  domain: 'input',
  type: 'pulse',
  source: 'm1',
  at: AT,
  data: {},
};

/** As it arrives over MQTT. */
function heard({ topic, payload }: Message, retained = false) {
  const parsed: unknown = JSON.parse(payload);
  return messageEvent({ topic: topic.slice(topics.prefix.length + 1), payload: parsed, retained, at: AT + 1 });
}

function sent(event: Partial<EventRow>) {
  const rendered = eventMessage(topics, { ...row, ...event }, false);
  if ('poison' in rendered) throw new Error(rendered.poison);
  return heard(rendered.message);
}

describe('messageEvent', () => {
  it('gives back an event of the store', () => {
    const data = { channel: 2, point: 'di2Count', count: 1, afterOutage: false };
    expect(sent({ data })).toEqual({ domain: 'input', type: 'pulse', source: 'm1', at: AT, data });
  });

  it('gives back a type of several words', () => {
    expect(sent({ domain: 'door', type: 'opened.by.card' })).toMatchObject({ domain: 'door', type: 'opened.by.card' });
  });

  it('gives back an alarm transition', () => {
    const data = {
      ...{
        prevSeq: 6,
        alarm: 'lift-3-2--lift-carAlarm',
        alarmType: 'lift.carAlarm',
        occurrenceId: 'o1',
        type: 'raise',
      },
      ...{ from: 'A', to: 'B', by: null, note: null, priority: 1, count: 1, drill: false, detectedAfterOutage: false },
    };
    const event = sent({ domain: 'alarm', type: 'raise', source: 'lift-3-2', data });
    expect(event).toMatchObject({ domain: 'alarm', type: 'raise', source: 'lift-3-2', at: AT, data });
  });

  it('gives back how a command ended', () => {
    const data = { id: 'c1', device: 'barrier-main', action: 'open', value: null, result: null, error: 'no answer' };
    const event = sent({ domain: 'command', type: 'failed', source: 'barrier-main', data });
    expect(event).toMatchObject({
      domain: 'command',
      type: 'failed',
      source: 'barrier-main',
      data: { action: 'open', error: 'no answer' },
    });
  });

  it('gives a device state as an event, and passes over what was well before', () => {
    const offline = deviceMessage(topics, {
      device: 'm1',
      state: 'offline',
      reason: 'no answer',
      since: AT,
      lastGood: null,
    });
    const online = deviceMessage(topics, { device: 'm1', state: 'online', reason: 'answers', since: AT, lastGood: AT });
    expect(heard(offline, true)).toEqual({
      domain: 'device',
      type: 'offline',
      source: 'm1',
      at: AT + 1,
      data: { reason: 'no answer', since: AT },
    });
    expect(heard(online, false)).toMatchObject({ type: 'online' });
    expect(heard(online, true)).toBeNull();
  });

  it('tells of the gateway itself', () => {
    const message = statusMessage(topics, { online: false, bootId: 'b', epoch: 1, seq: 1, version: '1' });
    expect(heard(message)).toMatchObject({ domain: 'gateway', type: 'offline', at: AT + 1 });
  });

  it.each([
    ['alarm/event', { type: 'gatehouse.alarm.raise' }],
    ['alarm/event', null],
    ['event/input/pulse', 'text'],
    ['device/m1/status', { state: 'well' }],
    ['device/m1/other', {}],
    ['status', 1],
    ['somewhere/else', {}],
  ])('makes nothing of %s with %j', (topic, payload) => {
    expect(messageEvent({ topic, payload, retained: false, at: AT })).toBeNull();
  });
});
