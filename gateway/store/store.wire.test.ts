/** The store on a real file: what it takes, what it refuses, what a stranger's file does. */
import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { mayPass, StoreError } from './errors.ts';
import { prune } from './retention.ts';
import type { Store } from './store.ts';
import { NOW, openTestStore, openTestTables, reading, storeFile } from './testing/fixtures.ts';

const DAY = 86_400_000;
const opened: { close: () => unknown }[] = [];

async function open(file = storeFile(), options = {}): Promise<Store> {
  const store = await openTestStore(file, options);
  opened.push(store);
  return store;
}

function tables() {
  const both = openTestTables(storeFile());
  opened.push(both);
  return both;
}

async function refusal(opening: Promise<Store>): Promise<StoreError> {
  try {
    await opening;
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

describe('opening', () => {
  it('commits to the disk before it returns: WAL with synchronous FULL', async () => {
    const file = storeFile();
    await open(file);
    const db = new Database(file);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  it('begins an epoch with a new file and keeps it', async () => {
    const file = storeFile();
    await (await open(file)).close();
    expect((await open(file, { now: NOW + DAY })).epoch).toBe(NOW / 1000);
  });

  it('refuses a database of a newer version and leaves it as it was', async () => {
    const file = storeFile();
    await (await open(file)).close();
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    const error = await refusal(openTestStore(file));
    expect([error.code, error.message]).toEqual(['newer', expect.stringContaining('schema 99')]);
    const again = new Database(file);
    expect(again.pragma('user_version', { simple: true })).toBe(99);
    again.close();
  });

  it('refuses a file that is no database, and says what to do', async () => {
    const file = storeFile();
    writeFileSync(file, 'this is a letter to the property company, and not a database at all'.repeat(50));
    const error = await refusal(openTestStore(file));
    expect([error.code, error.message]).toEqual(['corrupt', expect.stringContaining('backup')]);
  });

  it("refuses another site's store", async () => {
    const file = storeFile();
    await (await open(file)).close();
    expect((await refusal(openTestStore(file, { site: 'other' }))).code).toBe('otherSite');
  });
});

describe('points and history', () => {
  it.each([[230.2], [0], [-1.5], [true], [false], ['running'], ['18446744073709551615'], [null]])(
    'gives back %j as it was',
    (value) => {
      const store = tables();
      store.writing.points.write('d', reading('p', value));
      expect(store.points.get('d', 'p')?.value).toBe(value);
      expect(store.history.list({ device: 'd', point: 'p', from: 0, to: NOW, limit: 9 })).toEqual([
        { at: NOW, value, quality: value === null ? 'bad' : 'good' },
      ]);
    },
  );

  it('keeps the last good number of a counter through an outage', () => {
    const store = tables();
    store.writing.points.write('d', reading('count', 7));
    store.writing.points.write('d', reading('count', null, NOW + 1));
    expect(store.points.get('d', 'count')?.value).toBeNull();
    expect(store.points.lastGoodNumbers('d')).toEqual(new Map([['count', 7]]));
  });

  it('lists the newest rows of a range, oldest first', () => {
    const store = tables();
    for (let i = 0; i < 10; i++) store.writing.points.write('d', reading('p', i, NOW + i));
    const rows = store.history.list({ device: 'd', point: 'p', from: NOW + 2, to: NOW + 8, limit: 3 });
    expect(rows.map(({ value }) => value)).toEqual([6, 7, 8]);
  });
});

describe('events', () => {
  const event = { domain: 'input', type: 'pulse', source: 'io', at: NOW, data: { channel: 1 } };

  it('never gives a seq out twice, even after the newest rows were deleted', () => {
    const file = storeFile();
    const store = openTestTables(file);
    opened.push(store);
    const first = store.writing.events.append(event, NOW);
    const db = new Database(file);
    db.exec('DELETE FROM outbox; DELETE FROM events');
    db.close();
    expect(store.writing.events.append(event, NOW)).toBe(first + 1);
  });

  it('pages forward from a seq and backward from the newest', () => {
    const store = tables();
    for (let i = 0; i < 6; i++) store.writing.events.append({ ...event, domain: i % 2 ? 'alarm' : 'input' }, NOW);
    expect(store.events.list({ after: 2, limit: 2 }).map(({ seq }) => seq)).toEqual([3, 4]);
    expect(store.events.list({ limit: 2 }).map(({ seq }) => seq)).toEqual([6, 5]);
    expect(store.events.list({ before: 5, domain: 'alarm', limit: 9 }).map(({ seq }) => seq)).toEqual([4, 2]);
    expect(store.events.get(1)?.id).toBe(`box1-${NOW / 1000}-1`);
  });

  it('prunes a stretch of what is old, and stops at what has not left the box', () => {
    const store = tables();
    const longAgo = NOW - 500 * DAY;
    store.transaction(() => {
      for (let i = 0; i < 10_006; i++) store.writing.events.append({ ...event, at: longAgo }, longAgo);
    });
    store.writing.outbox.done([1, 2, 3, 5]);
    expect(store.writing.events.prune(NOW - 400 * DAY, 10_000)).toBe(3);
    expect(store.events.bounds().oldest).toBe(4);
  });

  it('keeps the newest ten thousand however old they are', () => {
    const store = tables();
    const longAgo = NOW - 500 * DAY;
    store.transaction(() => {
      for (let i = 0; i < 10_006; i++) store.writing.events.append({ ...event, at: longAgo }, longAgo);
      store.writing.outbox.done(Array.from({ length: 10_006 }, (_, i) => i + 1));
    });
    expect(store.writing.events.prune(NOW - 400 * DAY, 10_000)).toBe(6);
    expect(store.events.bounds()).toEqual({ oldest: 7, newest: 10_006 });
  });
});

describe('outbox', () => {
  it('lets a watermark end only rows that have been sent', () => {
    const store = tables();
    for (let i = 0; i < 3; i++)
      store.writing.events.append({ domain: 'alarm', type: 'raise', source: 's', at: NOW, data: {} }, NOW);
    store.writing.outbox.sent([1, 2], NOW);
    expect(store.writing.outbox.doneThrough(3)).toBe(2);
    expect(store.outbox.next('alarm', 0, 9).map(({ seq }) => seq)).toEqual([3]);
  });

  it('keeps a dead letter and takes it out of the way', () => {
    const store = tables();
    store.writing.events.append({ domain: 'x', type: 'y', source: 's', at: NOW, data: {} }, NOW);
    store.writing.outbox.deadLetter(1, 'too large', NOW);
    expect(store.outbox.next('event', 0, 9)).toEqual([]);
    expect(store.outbox.listDeadLetters(9)).toEqual([{ seq: 1, reason: 'too large', at: NOW }]);
  });
});

describe('commands', () => {
  const command = {
    id: 'c1',
    device: 'd',
    action: 'open',
    value: null,
    by: 'guard',
    via: 'api',
    acceptedAt: NOW,
    expiresAt: NOW + 5_000,
  };

  it('takes an id once, lets one caller send it, and keeps its first end', () => {
    const store = tables();
    expect(store.writing.commands.accept(command, 4)).toMatchObject({ kind: 'accepted', row: { action: 'open' } });
    const again = store.writing.commands.accept({ ...command, action: 'close' }, 4);
    expect(again).toMatchObject({ kind: 'existing', row: { action: 'open' } });
    expect([store.writing.commands.markSent('c1', NOW), store.writing.commands.markSent('c1', NOW)]).toEqual([
      true,
      false,
    ]);
    store.writing.commands.finish('c1', { state: 'done', left: true, result: { seen: [] } }, NOW + 1);
    store.writing.commands.finish('c1', { state: 'failed', left: true, error: 'late' }, NOW + 2);
    expect(store.commands.get('c1')).toMatchObject({ action: 'open', state: 'done', finishedAt: NOW + 1 });
    expect(store.events.list({ domain: 'command', limit: 9 })).toHaveLength(1);
  });
});

describe('a device', () => {
  const command = (id: string) => ({ id, device: 'd', action: 'open', value: null, by: 'guard', via: 'api', acceptedAt: NOW, expiresAt: NOW + 5_000 }); // prettier-ignore

  it('has no more unfinished commands than it may, however many are asked for at once', async () => {
    const { write, audit } = await open();
    const taken = await Promise.all(['1', '2', '3'].map((id) => write('acceptCommand', command(id), 2)));
    expect(taken.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'busy']);
    expect(audit.list(9, 9).map(({ detail }) => detail['id'])).toEqual(['2', '1']);
  });
});

describe('retention', () => {
  it('takes old readings in bites, some points at a time, and keeps the young ones', async () => {
    const store = await open();
    const points = Array.from({ length: 120 }, (_, n) => `p${n}`);
    for (const at of [NOW - 100 * DAY, NOW])
      await store.write('observe', [{ device: 'd', readings: points.map((point) => reading(point, 1, at)) }], NOW);
    const bite = await store.write('pruneHistory', 0, NOW);
    expect(bite).toEqual({ gone: 50, next: 50 });
    expect(await prune(store, { readingsDays: 90, eventsDays: 400, meterReadingsDays: 100, zoneMs: 0 }, NOW)).toEqual({
      readings: 70,
      events: 0,
    });
    expect(store.history.list({ device: 'd', point: 'p119', from: 0, to: NOW, limit: 9 })).toMatchObject([{ at: NOW }]);
  });
});

describe('closing', () => {
  it('waits for what was asked before, and refuses what is asked afterwards', async () => {
    const file = storeFile();
    const store = await open(file);
    const asked = store.write('audit', { at: NOW, who: 'guard', what: 'login', detail: {} });
    await store.close();
    await expect(asked).resolves.toBeUndefined();
    await expect(store.write('pruneEvents', NOW, 1)).rejects.toSatisfy(mayPass);
    expect((await open(file)).audit.list(9, 9)).toHaveLength(1);
  });
});

describe('audit', () => {
  it('shows the first row that was changed behind its back', () => {
    const file = storeFile();
    const store = openTestTables(file);
    opened.push(store);
    for (const what of ['login', 'ack', 'command'])
      store.writing.audit.append({ at: NOW, who: 'guard', what, detail: {} });
    expect(store.audit.firstBroken()).toBeNull();
    const db = new Database(file);
    db.exec("UPDATE audit SET who = 'nobody' WHERE n = 2");
    db.close();
    expect(store.audit.firstBroken()).toBe(2);
  });
});
