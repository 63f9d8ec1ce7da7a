/** Rows and stores for tests: real files in a folder of their own. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../open.ts';
import type { AlarmChange, AlarmRow, Observation } from '../rows.ts';
import { openStore, type StoreOptions } from '../store.ts';
import { readTables, writeTables } from '../tables/index.ts';

export const NOW = Date.UTC(2026, 0, 15, 8, 30);

const SETTINGS = { site: 'cuihu', maxMegabytes: 64, now: NOW };

export function storeFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'gatehouse-store-')), 'gatehouse.sqlite');
}

/** Both sides of the store on one connection of this thread: what the tables do, without the writer's thread. */
export function openTestTables(file: string) {
  const db = openDatabase({ file, ...SETTINGS });
  return {
    ...readTables(db, 'box1'),
    writing: writeTables(db),
    /** All of it is on the disk when this returns, or none of it. */
    transaction: <T>(write: () => T): T => db.transaction(write).immediate(),
    close: () => db.close(),
  };
}

export function openTestStore(file: string, options: Partial<StoreOptions> = {}) {
  return openStore({ file, gateway: 'box1', ...SETTINGS, ...options });
}

export function reading(point: string, value: number | boolean | string | null, at = NOW, archive = true) {
  const bad = value === null;
  return {
    point,
    value,
    unit: null,
    quality: bad ? ('bad' as const) : ('good' as const),
    reason: bad ? 'no answer' : null,
    at,
    archive,
  };
}

export function readings(
  device: string,
  points: Record<string, number | boolean | string | null>,
  at = NOW,
): Observation {
  return { device, readings: Object.entries(points).map(([point, value]) => reading(point, value, at)) };
}

const NORMAL: AlarmRow = {
  alarm: 'lift-3-2--lift-carAlarm',
  source: 'lift-3-2',
  device: 'lift-io-3',
  type: 'lift.carAlarm',
  channel: null,
  letter: 'A',
  active: false,
  acked: true,
  latched: false,
  shelved: false,
  suppressed: false,
  outOfService: false,
  raisedWhileSuppressed: false,
  priority: 1,
  occurrenceId: null,
  rev: 0,
  count: 0,
  escalation: 0,
  detectedAfterOutage: false,
  drill: false,
  drillEndsAt: null,
  raisedAt: null,
  ackedAt: null,
  ackedBy: null,
  clearedAt: null,
  announcedAt: null,
  shelving: null,
  suppressedBy: [],
  permit: null,
  changedAt: NOW,
};

/** A lift alarm that is raised: B, unless `after` says otherwise. */
export function raised(after: Partial<AlarmRow> = {}): AlarmChange {
  const row = {
    ...NORMAL,
    letter: 'B' as const,
    active: true,
    acked: false,
    count: 1,
    occurrenceId: 'o1',
    raisedAt: NOW,
    ...after,
  };
  return { type: 'raise', from: 'A', by: null, note: null, at: NOW, after: row };
}
