/** Meter readings, registry versions and billing runs on a real file. */
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { BillingRunRow, NewMeterReading } from './rows.ts';
import type { Store } from './store.ts';
import { NOW, openTestStore, storeFile } from './testing/fixtures.ts';

const DAY = 86_400_000;
const QUARTER = 900_000;
const opened: Store[] = [];

async function open(file = storeFile()): Promise<Store> {
  const store = await openTestStore(file);
  opened.push(store);
  return store;
}

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

const AUDIT = { at: NOW, who: 'clerk', what: 'test', detail: {} };

function shown(meter: string, value: string, at: number, rest: Partial<NewMeterReading> = {}): NewMeterReading {
  return { meter, value, at, quality: 'actual', standing: 'good', occasion: null, notes: [], ...rest };
}

describe('meter readings', () => {
  it('come with an observation, in one transaction, with the digits that the register has', async () => {
    const store = await open();
    await store.write('observe', [{ device: 'e-1', meterReadings: [shown('000012345678', '123.40', NOW)] }], NOW);
    expect(store.meterReadings.lastGood('000012345678', NOW)).toEqual({
      ...shown('000012345678', '123.40', NOW),
      id: 1,
    });
  });

  it('that are in doubt wait for a person, who settles them once', async () => {
    const store = await open();
    const doubtful = shown('w1', '9.00', NOW, { standing: 'suspect', notes: ['it went back'] });
    const [id = 0] = await store.write('addMeterReadings', [shown('w1', '10.00', NOW - DAY), doubtful], AUDIT);
    expect(store.meterReadings.suspects(0, 10)).toMatchObject([{ id: id + 1, notes: ['it went back'] }]);
    expect(store.meterReadings.lastGood('w1', NOW)).toMatchObject({ value: '10.00' });
    const settlement = { id: id + 1, standing: 'good', note: 'seen on site' } as const;
    expect(await store.write('settleMeterReading', settlement, null, AUDIT)).toBe(true);
    expect(await store.write('settleMeterReading', settlement, null, AUDIT)).toBe(false);
    expect(store.meterReadings.get(id + 1)).toMatchObject({
      standing: 'good',
      notes: ['it went back', 'seen on site'],
    });
    expect(store.meterReadings.suspects(0, 10)).toEqual([]);
  });

  it('of polls are thinned to the first good one of each local day; what anybody said of one stays', async () => {
    const store = await open();
    const midnight = Date.UTC(2026, 0, 1) - 8 * 3_600_000;
    const polls = Array.from({ length: 192 }, (_, i) => shown('e1', `${i}.00`, midnight + i * QUARTER));
    const frozen = shown('e1', '0.10', midnight + 3 * QUARTER, { quality: 'frozen' });
    const moved = shown('e1', '0.20', midnight + 5 * QUARTER, { occasion: 'moveOut' });
    const accepted = shown('e1', '0.30', midnight + 7 * QUARTER, { notes: ['it jumped', 'accepted by wang'] });
    // A day that began with what nobody believes keeps the first that somebody does.
    const rejected = shown('e1', '9.99', midnight + DAY - 1, { standing: 'rejected', notes: ['no'] });
    const atMidnight = { ...rejected, at: midnight + DAY, value: '8.88' };
    polls.splice(96, 1, atMidnight);
    await store.write('addMeterReadings', [...polls, frozen, moved, accepted, rejected], AUDIT);
    const before = midnight + 2 * DAY - QUARTER;
    const bite = await store.write('thinMeterReadings', 0, before, 8 * 3_600_000);
    const left = store.meterReadings.list({ meter: 'e1', from: 0, to: NOW, limit: 500 });
    expect(left.map(({ value }) => value)).toEqual(['0.00', '0.10', '0.20', '0.30', '9.99', '8.88', '97.00', '191.00']);
    expect(bite).toEqual({ gone: 188, next: 1 });
    expect(await store.write('thinMeterReadings', 1, before, 0)).toEqual({ gone: 0, next: null });
  });
});

describe('the registry', () => {
  it('is kept once per version, byte for byte', async () => {
    const store = await open();
    const files = [{ holds: 'meters', file: 'meters.csv', bytes: Uint8Array.of(0xef, 0xbb, 0xbf, 0x41) }];
    await store.write('keepRegistry', 'v1', files, NOW);
    await store.write('keepRegistry', 'v1', files, NOW + 1);
    expect(store.registry.versions()).toEqual([{ version: 'v1', at: NOW }]);
    expect(store.registry.files('v1').map(({ bytes }) => [...bytes])).toEqual([[0xef, 0xbb, 0xbf, 0x41]]);
  });

  it.each(["UPDATE registry_versions SET bytes = x'41'", 'DELETE FROM registry_versions'])(
    'stays as it was under %s, whatever program does it',
    async (sql) => {
      const file = storeFile();
      const store = await open(file);
      await store.write('keepRegistry', 'v1', [{ holds: 'meters', file: 'a', bytes: Uint8Array.of(1) }], NOW);
      const db = new Database(file);
      expect(() => db.exec(sql)).toThrow('a version of the registry is what it was');
      db.close();
    },
  );
});

describe('a billing run', () => {
  const run = (state: string, closed = false): BillingRunRow => ({
    ...{ id: 'electricity-2026-01', utility: 'electricity', from: NOW, revision: 0, registry: 'v1', closed },
    run: { run: { state } },
  });
  const lines = [
    { n: 0, chain: 'e1', home: '1-1-101', line: { consumption: '12.30' } },
    { n: 1, chain: 'e2', home: null, line: { consumption: null } },
  ];

  const written = lines.map((row) => ({ ...row, line: JSON.stringify(row.line), carried: null }));

  async function closedRun(file: string): Promise<Store> {
    const store = await open(file);
    await store.write('saveRun', run('draft'), null, AUDIT);
    await store.write('appendLines', 'electricity-2026-01', written);
    await store.write('saveRun', run('closed', true), { run: { state: 'draft' } }, AUDIT);
    return store;
  }

  it('is saved only on top of what whoever saves it has seen', async () => {
    const store = await open();
    expect(await store.write('saveRun', run('draft'), null, AUDIT)).toBe(true);
    expect(await store.write('saveRun', run('draft'), null, AUDIT)).toBe(false);
    expect(await store.write('saveRun', run('closed'), { run: { state: 'checked' } }, AUDIT)).toBe(false);
    expect(await store.write('saveRun', run('checked'), { run: { state: 'draft' } }, AUDIT)).toBe(true);
    expect(store.billing.run('electricity-2026-01')).toEqual(run('checked'));
    expect(store.audit.list(100, 10)).toHaveLength(2);
  });

  it('gives its lines back in order, page by page', async () => {
    const store = await closedRun(storeFile());
    expect(store.billing.lines('electricity-2026-01', -1, 1)).toEqual(lines.slice(0, 1));
    expect(store.billing.lines('electricity-2026-01', 0, 5)).toEqual(lines.slice(1));
    expect(store.billing.lineOf('electricity-2026-01', 'e2')).toEqual(lines[1]);
  });

  it('carries forward what later periods go on from, and is told without what is long', async () => {
    const store = await open();
    await store.write('saveRun', { ...run('draft'), run: { run: { state: 'draft' }, findings: [1, 2] } }, null, AUDIT);
    const carrying = written.map((row, n) => ({ ...row, carried: n === 0 ? '{"meters":["e1"]}' : null }));
    await store.write('appendLines', 'electricity-2026-01', carrying);
    const row = { run: 'electricity-2026-01', chain: 'e1', carried: '{"meters":["e1"]}' };
    expect([...store.billing.carried('electricity-2026-01')]).toEqual([[row.chain, row.carried]]);
    expect(store.billing.carriedOf(row.run, 'e1')).toBe(row.carried);
    expect(store.billing.carriedOf(row.run, 'e2')).toBeUndefined();
    expect(store.billing.carriedOfChain('e1')).toEqual([row]);
    expect(store.billing.runsWithout(['$.findings'])).toEqual([run('draft')]);
  });

  it('that is drafted again loses its lines bit by bit', async () => {
    const store = await open();
    await store.write('saveRun', run('draft'), null, AUDIT);
    const many = Array.from({ length: 501 }, (_, n) => ({ n, chain: `e${n}`, home: null, line: '{}', carried: null }));
    await store.write('appendLines', 'electricity-2026-01', many);
    expect(await store.write('clearLines', 'electricity-2026-01')).toBe(true);
    expect(store.billing.countLines('electricity-2026-01')).toBe(1);
    expect(await store.write('clearLines', 'electricity-2026-01')).toBe(true);
    expect(await store.write('clearLines', 'electricity-2026-01')).toBe(false);
  });

  it.each([
    ['a line is changed', "UPDATE billing_lines SET line = '{}' WHERE n = 0"],
    ['a line is deleted', 'DELETE FROM billing_lines'],
    ['a line is added', "INSERT INTO billing_lines VALUES ('electricity-2026-01', 9, 'e9', NULL, '{}', NULL)"],
    ['it is opened again', 'UPDATE billing_runs SET closed = 0'],
    ['it is computed from another registry', "UPDATE billing_runs SET registry = 'v2'"],
    ['it is of another utility', "UPDATE billing_runs SET utility = 'gas'"],
    ['it is said to be a draft', `UPDATE billing_runs SET run = json_set(run, '$.run.state', 'draft')`],
    ['another person is said to have closed it', `UPDATE billing_runs SET run = json_set(run, '$.run.closed', 'li')`],
    ['it is deleted', 'DELETE FROM billing_runs'],
  ])('that is closed stays as it is when %s, whatever program does it', async (_, sql) => {
    const file = storeFile();
    await closedRun(file);
    const db = new Database(file);
    expect(() => db.exec(sql)).toThrow('the billing run is closed');
    db.close();
  });

  it('that is closed is exported and acknowledged, each once', async () => {
    const file = storeFile();
    const store = await closedRun(file);
    const exported = {
      ...run('exported', true),
      run: { run: { state: 'exported', manifest: 'ab' }, dropped: '/mnt/bank' },
    };
    const acknowledged = {
      ...exported,
      run: { run: { state: 'acknowledged', manifest: 'ab', acknowledged: { by: 'bank' } } },
    };
    expect(await store.write('saveRun', exported, { run: { state: 'closed' } }, AUDIT)).toBe(true);
    expect(await store.write('saveRun', acknowledged, exported.run, AUDIT)).toBe(true);
    const db = new Database(file);
    for (const change of [`'$.run.manifest', 'cd'`, `'$.run.acknowledged.by', 'li'`]) {
      const sql = `UPDATE billing_runs SET run = json_set(run, ${change})`;
      expect(() => db.exec(sql)).toThrow('the billing run is closed');
    }
    db.close();
  });

  it('keeps what was exported, byte for byte', async () => {
    const file = storeFile();
    const store = await closedRun(file);
    const exported = { file: 'bill.csv', sha256: 'ab', bytes: Uint8Array.of(1, 2, 3) };
    await store.write('keepExport', 'electricity-2026-01', exported);
    expect(exported.bytes).toHaveLength(0); // Its memory was moved, not copied.
    const kept = store.billing.exported('electricity-2026-01', 'bill.csv');
    expect([...(kept?.bytes ?? [])]).toEqual([1, 2, 3]);
    const db = new Database(file);
    expect(() => db.exec("UPDATE billing_exports SET sha256 = 'cd'")).toThrow('the export is what was exported');
    db.close();
  });
});
