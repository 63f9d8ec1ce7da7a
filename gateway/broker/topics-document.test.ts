import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as schemas from './schemas.ts';
import { createTopics } from './topics.ts';

const document = readFileSync(new URL('../../docs/topics.md', import.meta.url), 'utf8');
const examples = [...document.matchAll(/^```json (\w+)\n(.*?)^```/gms)].map(([, name = '', json = '']) => ({
  name,
  json,
}));
const named = new Map(Object.entries(schemas).map(([name, schema]) => [name, schema as z.ZodType]));
const topics = createTopics('community', '{site}');

describe('docs/topics.md', () => {
  it.each(examples)('gives an example of $name as its schema says', ({ name, json }) => {
    expect(named.get(name)?.safeParse(JSON.parse(json))).toMatchObject({ success: true });
  });

  it('has an example of every payload', () => {
    const payloads = [...named.keys()].filter(
      (name) => named.get(name) instanceof z.ZodObject || name === 'refreshAnswer',
    );
    const parts = ['alarmTransition', 'commandOutcome'];
    expect(new Set(examples.map(({ name }) => name))).toEqual(
      new Set(payloads.filter((name) => !parts.includes(name))),
    );
  });

  it.each([
    topics.status,
    topics.device('{device}'),
    topics.point('{device}', '{point}'),
    topics.alarmState('{alarm}'),
    topics.alarmHead,
    topics.feedSkipped,
    topics.alarmEvent,
    topics.event('{domain}', '{type}'),
    topics.commandResult('{commandId}'),
    topics.alarmResult('{commandId}'),
    topics.refreshAnswer('{requestId}'),
    topics.command('{device}', '{action}'),
    topics.alarmRefresh,
    topics.watermark('{consumer}'),
  ])('lists %s', (topic) => {
    expect(document).toContain(`| \`${topic.slice(topics.prefix.length + 1)}\``);
  });
});
