import { describe, expect, it } from 'vitest';
import { createTopics, isPublishable, topicSegment } from './topics.ts';

const topics = createTopics('community', 'site1');

describe('parseInbound', () => {
  it.each([
    [topics.alarmCommand('ack'), { kind: 'alarmCommand', verb: 'ack' }],
    [topics.command('lift1', 'open'), { kind: 'command', device: 'lift1', action: 'open' }],
    [topics.alarmRefresh, { kind: 'refresh' }],
    [topics.watermark('office'), { kind: 'watermark', consumer: 'office' }],
  ])('knows %s', (topic, expected) => {
    expect(topics.parseInbound(topic)).toEqual(expected);
  });

  it.each([
    'community/site2/command/lift1/open',
    'community/site1/command/lift1',
    'community/site1/command/lift1/open/more',
    'community/site1/command/lift 1/open',
    'community/site1/command//open',
    'community/site1/command/+/open',
    'community/site1/alarm/refresh/r1',
    'community/site1/point/d1/u',
    'community/site1',
    '$SYS/x',
    '',
  ])('does not listen to %s', (topic) => {
    expect(topics.parseInbound(topic)).toBeNull();
  });

  it('is what the filters for an external broker match', () => {
    expect(topics.inboundFilters).toEqual([
      'community/site1/alarm/command/+',
      'community/site1/alarm/refresh',
      'community/site1/command/+/+',
      'community/site1/feed/watermark/+',
    ]);
  });
});

describe('topicSegment', () => {
  it.each([
    ['lift.carAlarm', 'lift-carAlarm'],
    ['a_b-1', 'a_b-1'],
    ['a/b', null],
    ['a+', null],
    ['#', null],
    ['$x', null],
    ['门', null],
    ['', null],
    ['a'.repeat(129), null],
  ])('makes %s into %s', (text, segment) => {
    expect(topicSegment(text)).toBe(segment);
  });
});

describe('isPublishable', () => {
  it('takes the topics of the feed', () => {
    expect(isPublishable(topics.alarmState('lift1--lift-carAlarm'))).toBe(true);
  });

  it.each(['', 'a/+', 'a/#', 'a\u0000', 'a'.repeat(65_536), 'a/'.repeat(16)])('does not take %j', (topic) => {
    expect(isPublishable(topic)).toBe(false);
  });
});
