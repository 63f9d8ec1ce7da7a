import { describe, expect, it } from 'vitest';
import { createTopics } from '../topics.ts';
import { ANONYMOUS, mayPublish, maySubscribe, type Identity } from './acl.ts';

const topics = createTopics('community', 'site1');
const consumer: Identity = { name: 'office', role: 'consumer' };
const operator: Identity = { name: 'guard', role: 'operator' };
const admin: Identity = { name: 'root', role: 'admin' };

describe('mayPublish', () => {
  it.each([
    [topics.alarmRefresh, true, true, true],
    [topics.watermark('office'), true, false, true],
    [topics.watermark('guard'), false, true, true],
    [topics.alarmCommand('ack'), false, true, true],
    [topics.command('lift1', 'open'), false, true, true],
    [topics.alarmEvent, false, false, true],
    [topics.status, false, false, true],
    [topics.commandResult('c1'), false, false, true],
    ['community/site2/command/lift1/open', false, false, true],
    ['anything', false, false, true],
    ['$SYS/broker/new/clients', false, false, false],
    ['$refused', false, false, false],
  ])('%s: consumer %s, operator %s, admin %s', (topic, byConsumer, byOperator, byAdmin) => {
    expect(mayPublish(topics, consumer, topic)).toBe(byConsumer);
    expect(mayPublish(topics, operator, topic)).toBe(byOperator);
    expect(mayPublish(topics, admin, topic)).toBe(byAdmin);
  });

  it('lets the anonymous operator of the box speak for any consumer', () => {
    expect(mayPublish(topics, ANONYMOUS, topics.watermark('office'))).toBe(true);
  });
});

describe('maySubscribe', () => {
  it.each(['community/site1/#', 'community/site1/point/+/u', 'community/site1/alarm/event'])('allows %s', (filter) => {
    expect(maySubscribe(topics, consumer, filter)).toBe(true);
  });

  it.each([
    '#',
    '+/#',
    '+/+/#',
    '+/site1/#',
    'community/+/#',
    'community/#',
    'community/site2/#',
    'community/site10/status',
    'community/site1',
    '/community/site1/#',
    '$SYS/#',
    '$share/g/community/site1/#',
  ])('refuses %s to all but the admin', (filter) => {
    expect(maySubscribe(topics, consumer, filter)).toBe(false);
    expect(maySubscribe(topics, operator, filter)).toBe(false);
    expect(maySubscribe(topics, admin, filter)).toBe(true);
  });
});
