import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { drivers } from '../../drivers/index.ts';
import { loadConfiguration } from '../config/load.ts';
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

  it('gives the hash of the one state that it shows', () => {
    const shown = <S extends z.ZodType>(name: string, schema: S) =>
      schema.parse(JSON.parse(examples.find((example) => example.name === name)?.json ?? ''));
    const { alarm, rev, letter } = shown('alarmState', schemas.alarmState);
    const hash = createHash('sha256').update(`${alarm} ${rev} ${letter}`).digest('hex').slice(0, 16);
    expect(shown('alarmHead', schemas.alarmHead)).toMatchObject({ nonNormal: 1, stateHash: hash });
  });

  it('names what the example site has', async () => {
    const loaded = await loadConfiguration('config/site.yaml', drivers);
    if (!loaded.ok) throw new Error('the example site has mistakes');
    const { devices, profiles, alarms } = loaded.config;
    const ofDevices = devices.flatMap(({ id, profile }) => [
      `device/${id}/status`,
      ...(profiles.get(profile)?.points ?? []).map(({ key }) => `point/${id}/${key}`),
      ...(profiles.get(profile)?.commands ?? []).map(({ action }) => `command/${id}/${action}`),
    ]);
    const there = new Set([...ofDevices, ...alarms.map(({ alarm }) => `alarm/state/${alarm}`)]);
    const named = [...document.matchAll(/`((?:device|point|command|alarm\/state)\/[^`{…]+)`/g)].map(
      ([, topic = '']) => topic,
    );
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((topic) => !there.has(topic))).toEqual([]);
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
    topics.reading('{device}'),
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
