import { describe, expect, it } from 'vitest';
import type { EventRow } from '../store/rows.ts';
import { eventMessage } from './event-messages.ts';
import {
  alarmStateMessage,
  deletion,
  deviceMessage,
  headMessage,
  iso,
  pointMessage,
  skippedMessage,
  statusMessage,
} from './messages.ts';
import * as schemas from './schemas.ts';
import { normalAlarm } from './testing/memory-feed.ts';
import { createTopics } from './topics.ts';

const topics = createTopics('community', 'site1');
const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const payloadOf = ({ payload }: { readonly payload: string }): unknown => JSON.parse(payload);

function eventRow(event: Partial<EventRow>): EventRow {
  const about = { domain: 'lift', type: 'opened', source: 'lift1', at: AT, data: {} };
  return { ...about, seq: 7, id: 'gw-1-7', epoch: 1, recordedAt: AT, ...event };
}

function rendered(row: EventRow, backlog = false) {
  const result = eventMessage(topics, row, backlog);
  if ('poison' in result) throw new Error(result.poison);
  return result.message;
}

describe('retained messages', () => {
  it('say a value with its quality, unit and time', () => {
    const row = { device: 'd1', point: 'u', value: 229.5, unit: 'V', quality: 'good', reason: null, at: AT } as const;
    const message = pointMessage(topics, row);
    expect(message).toMatchObject({ topic: 'community/site1/point/d1/u', retain: true, qos: 1 });
    expect(message.payload).toBe('{"value":229.5,"unit":"V","quality":"good","at":"2026-01-02T03:04:05.006Z"}');
    schemas.pointValue.parse(payloadOf(message));
  });

  it('say null with a reason where a value is unknown, never 0', () => {
    const row = {
      device: 'd1',
      point: 'u',
      value: null,
      unit: 'V',
      quality: 'bad',
      reason: 'no answer',
      at: AT,
    } as const;
    expect(schemas.pointValue.parse(payloadOf(pointMessage(topics, row)))).toMatchObject({
      value: null,
      quality: 'bad',
      reason: 'no answer',
    });
  });

  it('survive a device that tells an impossible time', () => {
    const row = { device: 'd1', point: 'u', value: 1, unit: null, quality: 'good', reason: null, at: 1e300 } as const;
    expect(schemas.pointValue.parse(payloadOf(pointMessage(topics, row))).at).toBeNull();
  });

  it('are each as their schema says', () => {
    const device = { device: 'd1', state: 'offline', reason: 'silent', since: AT, lastGood: null } as const;
    schemas.deviceStatus.parse(payloadOf(deviceMessage(topics, device)));
    schemas.alarmState.parse(payloadOf(alarmStateMessage(topics, { ...normalAlarm('a1'), raisedAt: AT }, 3)));
    schemas.status.parse(
      payloadOf(statusMessage(topics, { online: true, bootId: 'b', epoch: 1, seq: 2, version: '1' })),
    );
    const head = { epoch: 1, seq: 2, nonNormal: 0, stateHash: '0'.repeat(16), at: AT };
    schemas.alarmHead.parse(payloadOf(headMessage(topics, head)));
    schemas.feedSkipped.parse(payloadOf(skippedMessage(topics, 1, [{ seq: 4, reason: 'x' }])));
  });

  it('are deleted by an empty one', () => {
    expect(deletion('t')).toEqual({ topic: 't', payload: '', retain: true, qos: 1 });
  });
});

describe('events', () => {
  it('are CloudEvents 1.0 with the stable id of the row, and are not retained', () => {
    const message = rendered(eventRow({ data: { floor: 3 } }));
    expect(message).toMatchObject({ topic: 'community/site1/event/lift/opened', retain: false });
    expect(schemas.event.parse(payloadOf(message))).toEqual({
      specversion: '1.0',
      id: 'gw-1-7',
      source: '/community/site1/lift1',
      type: 'gatehouse.lift.opened',
      time: '2026-01-02T03:04:05.006Z',
      datacontenttype: 'application/json',
      epoch: 1,
      seq: 7,
      data: { floor: 3 },
    });
  });

  it('differ in the mark of the backlog only, when they are sent late', () => {
    const live = payloadOf(rendered(eventRow({})));
    const late = payloadOf(rendered(eventRow({}), true));
    expect(schemas.event.parse(late)).toEqual({ ...(live as object), backlog: true });
  });

  it('carry no password, telephone number or message text, at any depth', () => {
    const data = { home: '1-2-301', phone: '138', call: [{ Password: 'x', digits: 6 }], content: '…' };
    expect(schemas.event.parse(payloadOf(rendered(eventRow({ data })))).data).toEqual({
      home: '1-2-301',
      call: [{ digits: 6 }],
    });
  });

  it('of alarms say the transition, with epoch, seq and time', () => {
    const transition = { type: 'raise', from: 'A', to: 'B', by: null, note: null, priority: 1 };
    const data = { prevSeq: 5, alarm: 'lift1--x', occurrenceId: 'o1', ...transition, drill: false };
    const message = rendered(eventRow({ domain: 'alarm', type: 'raise', data }));
    expect(message.topic).toBe('community/site1/alarm/event');
    expect(schemas.alarmEvent.parse(payloadOf(message)).data).toEqual({ ...data, epoch: 1, seq: 7, at: iso(AT) });
  });

  it('of commands answer whoever asked', () => {
    const row = { id: 'c1', device: 'd1', action: 'open', value: null, by: 'li', result: { seen: [] }, error: null };
    const message = rendered(eventRow({ domain: 'command', type: 'done', data: row }));
    expect(message.topic).toBe('community/site1/command-result/c1');
    expect(schemas.commandResult.parse(payloadOf(message))).toEqual({
      commandId: 'c1',
      state: 'done',
      device: 'd1',
      action: 'open',
      value: null,
      result: { seen: [] },
      error: null,
      at: iso(AT),
      epoch: 1,
      seq: 7,
    });
  });

  it('tell times as text wherever they are, and leave alone what is not a time', () => {
    const seen = [{ point: 'status', value: 'open', quality: 'good', at: AT }];
    const data = { id: 'c1', device: 'd1', action: 'open', value: null, result: { seen }, error: null };
    const ofCommand = payloadOf(rendered(eventRow({ domain: 'command', type: 'done', data })));
    expect(schemas.commandResult.parse(ofCommand).result).toEqual({ seen: [{ ...seen[0], at: iso(AT) }] });
    const told = { calls: [{ startedAt: AT, at: 1e300, floor: 3 }], what: 5, format: 7, at: 'the gate' };
    expect(schemas.event.parse(payloadOf(rendered(eventRow({ data: told })))).data).toEqual({
      ...told,
      calls: [{ startedAt: iso(AT), at: null, floor: 3 }],
    });
  });

  it.each([
    ['a type that is no topic', { type: 'a/b' }],
    ['a domain with a wildcard', { domain: '+' }],
    ['an impossible time', { at: Number.NaN }],
    ['an alarm that is none', { domain: 'alarm', data: { alarm: 'x' } }],
    ['a command without an id', { domain: 'command', type: 'done', data: {} }],
    ['a command whose id is no topic', { domain: 'command', type: 'done', data: { id: 'a/b' } }],
  ])('are poison, with a reason: %s', (_what, event) => {
    expect(eventMessage(topics, eventRow(event), false)).toHaveProperty('poison');
  });
});
