import { describe, expect, it } from 'vitest';
import { alarmStateMessage, headMessage, statusMessage } from '../../../broker/messages.ts';
import { normalAlarm } from '../../../broker/testing/memory-feed.ts';
import { createTopics } from '../../../broker/topics.ts';
import { feedMessage } from './feed-message.ts';

const topics = createTopics('community', 'test');

function understood({ topic, payload }: { readonly topic: string; readonly payload: string }) {
  return feedMessage(topic.slice(topics.prefix.length + 1), JSON.parse(payload));
}

describe('feedMessage', () => {
  it('understands what the gateway renders', () => {
    const status = { online: false, bootId: 'b', epoch: 1, seq: 1, version: '1' };
    const head = { epoch: 1, seq: 7, nonNormal: 0, stateHash: '0'.repeat(16), at: 0 };
    expect(understood(statusMessage(topics, status))).toEqual({ kind: 'status', online: false });
    expect(understood(headMessage(topics, head))).toMatchObject({
      kind: 'head',
      head: { seq: 7 },
    });
    expect(understood(alarmStateMessage(topics, normalAlarm('a'), 1))).toMatchObject({
      kind: 'state',
      state: { alarm: 'a', epoch: 1 },
    });
  });

  it('understands answers and deletions by their topics', () => {
    const part = { kind: 'gap', from: 0, to: 7 };
    expect(feedMessage('alarm/refresh/r1', part)).toEqual({ kind: 'answer', requestId: 'r1', part });
    expect(feedMessage('alarm/state/a', null)).toEqual({ kind: 'deleted', alarm: 'a' });
  });

  it.each([
    ['status', 1],
    ['alarm/event', {}],
    ['alarm/head', 'text'],
    ['alarm/state/a', {}],
    ['alarm/refresh/r1', { kind: 'other' }],
    ['alarm/other', {}],
    ['device/state', {}],
  ])('makes nothing of %s with %j', (path, payload) => {
    expect(feedMessage(path, payload)).toBeNull();
  });
});
