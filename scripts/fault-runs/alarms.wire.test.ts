/** A short fault run with each kind of broker; and the same evidence again, with one row of the journal taken away. */
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readStored } from '../../gateway/end-to-end/testing/stored.ts';
import { alarmFaults } from './alarms.ts';
import { judge } from './judge/judge.ts';
import { BROKERS } from './options.ts';
import { isWhole, verdictLines } from './verdict.ts';

const KILLS = 6;

it.each(BROKERS)(
  'finds nothing missing after kills with the %s broker, and finds a row that is',
  async (broker) => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-faults-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const run = await alarmFaults({ folder, broker, kills: KILLS, checkEvery: KILLS, edgesPerSecond: 20, seed: 7 });
    expect([isWhole(run), verdictLines(run)]).toEqual([true, expect.arrayContaining(['✓ nothing is missing'])]);
    const { evidence } = run;
    if (!evidence) return expect.unreachable();

    const file = join(folder, broker, 'store.sqlite');
    const { seq = NaN } = evidence.stored.events.find(({ type }) => type === 'raise') ?? {};
    const db = new DatabaseSync(file);
    db.exec(`DELETE FROM events WHERE seq = ${seq}`);
    db.close();
    const findings = judge({ ...evidence, stored: readStored(file) }).flatMap((judged) => judged.findings);
    expect(findings).toContain(`the journal has no event between ${seq - 1} and ${seq + 1}`);
  },
  300_000,
);
