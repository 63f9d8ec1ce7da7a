/** Occurrences beside the journal: on a real file, with alarms that go the way of the lifecycle. */
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { normalRow, transition, type AlarmEvent } from '../../alarms/lifecycle.ts';
import { openDatabase, type Db } from '../open.ts';
import type { AlarmRow } from '../rows.ts';
import { NOW, storeFile } from '../testing/fixtures.ts';
import { createJobs, type Jobs } from '../writer/jobs.ts';
import { fillOccurrences } from './fill-occurrences.ts';
import { readOccurrences } from './occurrences.ts';
import { readEvents } from './events.ts';

const DAY = 86_400_000;
const KEEP = 10_000;

let db: Db;
let jobs: Jobs;
let occurrences: ReturnType<typeof readOccurrences>;
const rows = new Map<string, AlarmRow>();

beforeEach(() => {
  const options = { file: storeFile(), site: 'cuihu', maxMegabytes: 64, now: NOW };
  db = openDatabase(options);
  jobs = createJobs(db, options);
  occurrences = readOccurrences(db);
  rows.clear();
  onTestFinished(() => {
    db.close();
  });
});

type Said = Omit<Extract<AlarmEvent, { type: 'ack' | 'reset' }>, 'occurrenceId' | 'rev' | 'at'>;
type Step = Said | { readonly type: 'raise' | 'clear' | 'escalate' } | { readonly type: 'suppress' | 'unsuppress' };

/** One step of one alarm, stored at `at`. */
function step(source: string, what: Step, at: number, type = 'pump.fault', latching = false): void {
  const identity = { alarm: `${source}--${type}`, source, device: `${source}-io`, type, channel: null, priority: 3 };
  const row = rows.get(identity.alarm) ?? normalRow(identity);
  const { occurrenceId, rev } = row;
  const cause = what.type.endsWith('suppress') ? { cause: 'power' } : {};
  const event: unknown = { latching, afterOutage: false, at, occurrenceId, rev, ...cause, ...what };
  const result = transition(row, event as AlarmEvent);
  if (result.kind !== 'change') throw new Error(`${what.type} in ${row.letter}: ${result.kind}`);
  const [[seq = 0] = []] = jobs.observe([{ device: identity.device, alarms: [result.change] }], at);
  rows.set(identity.alarm, { ...result.change.after, rev: seq });
}

const ack = (by: string, note: string | null = null): Step => ({ type: 'ack', by, note });
const reset: Step = { type: 'reset', by: 'wang', note: 'mended' };

function everything(): unknown[] {
  const tables = ['occurrences', 'occurrence_people ORDER BY seq, person'];
  return tables.flatMap((table) => db.prepare(`SELECT * FROM ${table}`).all());
}

it('is told from its raise to its end', () => {
  step('pump', { type: 'raise' }, NOW, 'pump.fault', true);
  step('pump', { type: 'escalate' }, NOW + 1);
  step('pump', { type: 'clear' }, NOW + 2);
  step('pump', ack('li', 'on the way'), NOW + 3);
  const [open] = occurrences.list({ limit: 9 });
  expect(open).toMatchObject({
    letter: 'F',
    closedAt: null,
    endedAt: NOW + 2,
    ackedAt: NOW + 3,
    ackedBy: 'li',
    level: 1,
  });
  step('pump', reset, NOW + 4);
  const [closed] = occurrences.list({ limit: 9 });
  expect(closed).toMatchObject({
    seq: 1,
    lastSeq: 5,
    closedAt: NOW + 4,
    resetAt: NOW + 4,
    note: 'mended',
    beganAt: NOW,
  });
  expect(occurrences.list({ by: 'wang', limit: 9 })).toEqual([closed]);
  expect(occurrences.list({ by: 'zhang', limit: 9 })).toEqual([]);
});

it('what happens to an alarm that is normal belongs to no occurrence', () => {
  step('pump', { type: 'raise' }, NOW);
  step('pump', { type: 'clear' }, NOW + 1);
  step('pump', ack('li'), NOW + 2);
  step('pump', { type: 'suppress' }, NOW + 3);
  step('pump', { type: 'unsuppress' }, NOW + 4);
  expect(occurrences.list({ limit: 9 })).toMatchObject([{ lastSeq: 3, closedAt: NOW + 2 }]);
  step('pump', { type: 'raise' }, NOW + 5);
  expect(occurrences.list({ limit: 9 }).map(({ seq }) => seq)).toEqual([6, 1]);
});

it('the next occurrence closes one that ended while it was hidden', () => {
  step('pump', { type: 'raise' }, NOW);
  step('pump', ack('li'), NOW + 1);
  step('pump', { type: 'suppress' }, NOW + 2);
  step('pump', { type: 'clear' }, NOW + 3);
  expect(occurrences.list({ open: true, limit: 9 })).toHaveLength(1);
  step('pump', { type: 'raise' }, NOW + 4);
  expect(occurrences.list({ limit: 9 })).toMatchObject([
    { beganAt: NOW + 4, announcedAt: null, letter: 'H', closedAt: null },
    { beganAt: NOW, announcedAt: NOW, letter: 'A', closedAt: NOW + 4 },
  ]);
});

it('is found by time, place, kind and person, page by page', () => {
  for (let i = 0; i < 10; i++) {
    const source = `pump-${i % 2}`;
    step(source, { type: 'raise' }, NOW + (i - (i % 3)) * 1000, i < 5 ? 'pump.fault' : 'pump.flood');
    step(source, { type: 'clear' }, NOW + i * 1000 + 1, i < 5 ? 'pump.fault' : 'pump.flood');
    step(source, ack(i < 3 ? 'li' : 'wang'), NOW + i * 1000 + 2, i < 5 ? 'pump.fault' : 'pump.flood');
  }
  const all = occurrences.list({ limit: 99 });
  expect(all).toHaveLength(10);
  const inOrder = all.toSorted((a, b) => b.beganAt - a.beganAt || b.seq - a.seq);
  expect(all).toEqual(inOrder);
  const paged = [];
  for (let page = occurrences.list({ limit: 3 }); page.length > 0;) {
    paged.push(...page);
    page = occurrences.list({ limit: 3, before: page.at(-1)?.seq });
  }
  expect(paged).toEqual(all);
  expect(occurrences.list({ sources: ['pump-1'], type: 'pump.flood', limit: 9 })).toHaveLength(3);
  expect(occurrences.list({ sources: [], limit: 9 })).toEqual([]);
  expect(occurrences.list({ alarms: ['pump-0--pump.fault'], limit: 9 })).toHaveLength(3);
  expect(occurrences.list({ by: 'li', from: NOW, to: NOW + 1, limit: 9 })).toHaveLength(3);
  expect(occurrences.list({ by: 'wang', before: all[3]?.seq, limit: 99 })).toHaveLength(3);
  expect(occurrences.list({ priority: 1, limit: 9 })).toEqual([]);
  expect(occurrences.list({ drill: true, limit: 9 })).toEqual([]);
});

it('a store of a version that had none is filled from its journal, and is as if it had had them', () => {
  for (const [index, source] of ['a', 'b', 'c'].entries()) {
    step(source, { type: 'raise' }, NOW + index, 'pump.fault', index === 1);
    if (index > 0) step(source, ack('li', 'seen'), NOW + 10 + index);
    if (index > 1) step(source, { type: 'clear' }, NOW + 20 + index);
  }
  // Hidden, gone meanwhile, and raised again: the next one closes it.
  for (const type of ['raise', 'suppress', 'clear', 'raise', 'unsuppress'] as const) {
    step('d', { type }, NOW + 40);
    if (type === 'raise' && occurrences.list({ sources: ['d'], limit: 9 }).length === 1)
      step('d', ack('wang'), NOW + 40);
  }
  step('c', { type: 'suppress' }, NOW + 50);
  step('c', { type: 'unsuppress' }, NOW + 51);
  step('c', { type: 'raise' }, NOW + 52);
  const kept = everything();
  expect(occurrences.list({ limit: 9 })).toHaveLength(6);
  db.exec('DELETE FROM occurrences; DELETE FROM occurrence_people');
  fillOccurrences(db);
  expect(everything()).toEqual(kept);
  fillOccurrences(db);
  expect(everything()).toEqual(kept);
});

/** So many events that are no alarm's, `at` that time. */
function noise(count: number, at: number): void {
  const event = { domain: 'lift', type: 'moved', source: 'lift', at, data: {} };
  jobs.observe([{ device: 'lift-io', events: Array.from({ length: count }, () => event) }], at);
}

function prune(now: number): void {
  jobs.outboxDone(Array.from({ length: 30_000 }, (_, index) => index + 1));
  jobs.pruneEvents(now - 400 * DAY, KEEP);
}

it('goes with the last of its events, 400 days after that, and not before', () => {
  step('pump', { type: 'raise' }, NOW);
  step('pump', ack('li'), NOW + DAY);
  step('pump', { type: 'clear' }, NOW + 2 * DAY);
  noise(KEEP, NOW + 3 * DAY);
  prune(NOW + 400 * DAY);
  expect(occurrences.list({ limit: 9 })).toHaveLength(1);
  prune(NOW + 402 * DAY);
  expect(readEvents(db, 'box', 1).bounds().oldest).toBe(3);
  const [row] = occurrences.list({ limit: 9 });
  expect(row && occurrences.keptEvents(row).map(({ seq, type }) => [seq, type])).toEqual([
    [1, 'raise'],
    [2, 'ack'],
  ]);
  prune(NOW + 402 * DAY + 1);
  expect(everything()).toEqual([]);
  expect(db.prepare('SELECT count(*) FROM kept_events').pluck().get()).toBe(0);
});

it('stays whole for as long as it is open, however long that is', () => {
  step('pump', { type: 'raise' }, NOW);
  step('valve', { type: 'raise' }, NOW);
  step('pump', ack('li'), NOW + DAY);
  noise(KEEP, NOW + 2 * DAY);
  prune(NOW + 1_000 * DAY);
  expect(readEvents(db, 'box', 1).bounds().oldest).toBe(4);
  expect(occurrences.list({ limit: 9 })).toHaveLength(2);
  step('pump', { type: 'clear' }, NOW + 1_000 * DAY);
  const pump = occurrences.list({ by: 'li', limit: 9 })[0];
  expect(pump).toMatchObject({ seq: 1, closedAt: NOW + 1_000 * DAY });
  expect(pump && occurrences.keptEvents(pump).map(({ type }) => type)).toEqual(['raise', 'ack']);
});

it('the newest ten thousand events keep theirs, however old they are', () => {
  step('pump', { type: 'raise' }, NOW);
  step('pump', ack('li'), NOW);
  step('pump', { type: 'clear' }, NOW);
  noise(KEEP - 1, NOW);
  prune(NOW + 1_000 * DAY);
  expect(readEvents(db, 'box', 1).bounds().oldest).toBe(3);
  expect(occurrences.list({ limit: 9 })).toHaveLength(1);
  noise(1, NOW);
  prune(NOW + 1_000 * DAY);
  expect(occurrences.list({ limit: 9 })).toEqual([]);
});
