/** What must hold of a store, and of what was told of it, whatever was done to the gateway. */
import { isDeepStrictEqual } from 'node:util';
import { connectAsync } from 'mqtt';
import { expect, onTestFinished } from 'vitest';
import { until } from '../../testing/programs.ts';
import type { Consumer } from './consumer.ts';
import type { Decision } from './guard.ts';
import { PATIENCE_MS, type KillRun } from './kill-run.ts';
import { countEdges } from './presses.ts';
import { replayAlarms } from './replay.ts';
import { PREFIX } from './site.ts';
import { statesOf } from './states.ts';
import { countPulses, readStored, type Stored, type StoredEvent } from './stored.ts';

/** docs/topics.md: `{site}-{epoch}-{seq}`. */
export function idOf(epoch: number, seq: number): string {
  return `test-${epoch}-${seq}`;
}

/** Nothing missing, nothing twice, nothing that contradicts something else. Of a gateway that has ended. */
export function expectSound({
  file,
  ledger,
  consumer,
  guard,
}: Pick<KillRun, 'file' | 'ledger' | 'consumer' | 'guard'>): void {
  const stored = readStored(file);
  const { integrity, events, deadLetters } = stored;
  expect([integrity, deadLetters]).toEqual(['ok', []]);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  // Every press is in one pulse: with the counts exact, none is missing and none is there under two ids.
  expect(inOrder(countPulses(events))).toEqual(inOrder(countEdges(ledger)));
  expectRaises(events);
  expectAlarms(stored);
  expectContents(stored, consumer);
  for (const decision of guard.promised) expect(events).toContainEqual(carriedOut(decision, events));
  expect(guard.promised.length).toBeGreaterThan(0);
}

/** What was counted and the alarm that it raised are one transaction. */
function expectRaises(events: readonly StoredEvent[]): void {
  const raises = events.filter(
    ({ domain, type, data }) => domain === 'alarm' && type.startsWith('raise') && data['alarmType'] === 'lift.carAlarm',
  );
  const pulses = events.filter(({ domain }) => domain === 'input');
  const key = (source: string, { recordedAt }: StoredEvent): string => `${source} at ${recordedAt}`;
  expect(raises.map((event) => key(event.source, event))).toEqual(
    pulses.map((event) => key(`lift-${Number(event.data['channel'])}`, event)),
  );
}

function expectAlarms({ events, alarms }: Stored): void {
  const replayed = replayAlarms(events);
  expect(Object.fromEntries(alarms.map((row) => [row.alarm, row]))).toMatchObject(Object.fromEntries(replayed));
  expect(alarms.length).toBe(replayed.size);
}

/** Whatever came to the consumer is in the store, came with one content, and says what the store says. */
function expectContents({ events, epoch }: Stored, { contents }: Consumer): void {
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  for (const [id, versions] of contents) {
    expect([...versions]).toHaveLength(1);
    const content = JSON.parse([...versions][0] ?? '') as StoredEvent & { readonly time: string };
    const event = bySeq.get(content.seq);
    expect(id).toBe(idOf(epoch, content.seq));
    expect(content).toMatchObject({
      epoch,
      type: `gatehouse.${event?.domain}.${event?.type}`,
      source: `/${PREFIX}/${event?.source}`,
      time: new Date(event?.at ?? NaN).toISOString(),
      data: event?.data,
    });
  }
}

/** The event of a decision that was promised, as it must be in the store: it follows the very event that was decided upon. */
function carriedOut({ verb, alarm, occurrenceId, rev }: Decision, events: readonly StoredEvent[]): unknown {
  const next = events.find(({ seq, domain, data }) => seq > rev && domain === 'alarm' && data['alarm'] === alarm);
  return expect.objectContaining({
    seq: next?.seq ?? `the one after ${rev}`,
    type: verb,
    data: expect.objectContaining({ alarm, occurrenceId }) as unknown,
  });
}

/** The retained states of the broker become those of the store's rows, and its head sums them up. */
export async function expectSameStates(url: string, file: string): Promise<void> {
  const retained = await watchRetained(url, `${PREFIX}/alarm`);
  const seen = (): unknown => Object.fromEntries([...retained].filter(([topic]) => /^(state|head)/.test(topic)));
  const wanted = (): unknown => statesOf(readStored(file));
  await until(() => isDeepStrictEqual(seen(), wanted()), 'the states', PATIENCE_MS).catch(() => undefined);
  expect(seen()).toEqual(wanted());
}

/** What a newcomer is told, and from then on: by topic below `prefix`, without what was deleted and without the head's time. */
async function watchRetained(url: string, prefix: string): Promise<ReadonlyMap<string, unknown>> {
  const retained = new Map<string, unknown>();
  const client = await connectAsync(url, { protocolVersion: 4 });
  onTestFinished(() => void client.end(true));
  client.on('message', (topic, payload) => {
    const name = topic.slice(prefix.length + 1);
    if (payload.length === 0) {
      retained.delete(name);
      return;
    }
    const content = JSON.parse(payload.toString()) as Record<string, unknown>;
    delete content['at'];
    retained.set(name, content);
  });
  await client.subscribeAsync(`${prefix}/#`, { qos: 1 });
  return retained;
}

function inOrder(counts: ReadonlyMap<number, number>): [number, number][] {
  return [...counts].sort(([a], [b]) => a - b);
}
