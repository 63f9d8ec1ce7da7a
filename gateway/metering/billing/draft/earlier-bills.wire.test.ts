import { describe, expect, it, onTestFinished } from 'vitest';
import { openTestTables, storeFile } from '../../../store/testing/fixtures.ts';
import type { Meter } from '../../model.ts';
import type { BillLine } from '../../rules/line.ts';
import { billed, draft, meter, read, NOVEMBER, ZONE } from '../../rules/testing/on-paper.ts';
import { chainsOf } from '../../rules/chain.ts';
import { openRun, type Run } from '../../rules/run.ts';
import { rowOf } from '../record.ts';
import { carriedText } from './carried.ts';
import { earlierBills } from './earlier-bills.ts';

/** October, and what was corrected of it. */
const OCTOBER: Run = { ...openRun('electricity', { ...NOVEMBER, name: '2026-10', from: 1_000 }), state: 'closed' };
const REVISION: Run = { ...OCTOBER, id: `${OCTOBER.id}-r1`, revision: 1 };

/** A line of the chain that ended with its last meter at that value. */
function line(chain: string, meters: readonly string[], value: string): BillLine {
  const { line: any } = draft({ meters: [meter(chain)], readings: [read(chain, '12-01 00:00', '9.00')] });
  if (any === null) throw new Error('a meter with a reading has a line');
  const end = billed(meters.at(-1) ?? chain, '11-01 00:00', value);
  return { ...any, chain, meters, closing: end, billedTo: end };
}

/** Where the bill of each chain that these meters make now begins, by the lines of October and its revision. */
function beginnings(meters: readonly Meter[], october: readonly BillLine[], revised: readonly BillLine[] = []) {
  const tables = openTestTables(storeFile());
  onTestFinished(() => void tables.close());
  tables.transaction(() => {
    for (const [run, lines] of [[OCTOBER, october] as const, [REVISION, revised] as const]) {
      const rows = lines.map((each, n) => ({
        n,
        chain: each.chain,
        home: null,
        line: '{}',
        carried: carriedText(each),
      }));
      tables.writing.billing.save(rowOf({ run: { ...run, state: 'draft' }, drafted: null, dropped: null }, null), null);
      tables.writing.billing.appendLines(run.id, rows);
    }
  });
  const earlier = earlierBills(tables.billing, [OCTOBER, REVISION], NOVEMBER.from);
  return chainsOf(meters, ZONE).map((chain) => [chain.id, earlier.of(chain).billed?.value ?? null]);
}

describe('where a chain was billed to', () => {
  it('is what its own line says', () => {
    expect(beginnings([meter('A'), meter('B')], [line('A', ['A'], '1.00'), line('B', ['B'], '2.00')])).toEqual([
      ['A', '1.00'],
      ['B', '2.00'],
    ]);
  });

  it('is what the corrected line says', () => {
    expect(beginnings([meter('A')], [line('A', ['A'], '1.00')], [line('A', ['A'], '1.50')])).toEqual([['A', '1.50']]);
  });

  it('is found when its oldest meter has left the registry', () => {
    expect(beginnings([meter('B', { replaces: 'A' })], [line('A', ['A', 'B'], '3.00')])).toEqual([['B', '3.00']]);
  });

  it('is found when an older meter was entered since', () => {
    const meters = [meter('A', { removedAt: '2026-10-05T09:00:00' }), meter('B', { replaces: 'A' })];
    expect(beginnings(meters, [line('B', ['B'], '4.00')])).toEqual([['A', '4.00']]);
  });

  it('is not that of a meter that a correction took out of the line', () => {
    const lines = [line('A', ['A', 'B'], '5.00')];
    expect(beginnings([meter('B')], lines, [line('A', ['A'], '6.00')])).toEqual([['B', null]]);
  });

  it('is not that of a line which is named after one of its meters and did not bill it', () => {
    const meters = [meter('Z', { removedAt: '2026-09-05T09:00:00' }), meter('A', { replaces: 'Z' })];
    expect(beginnings(meters, [line('A', ['B'], '7.00')])).toEqual([['Z', null]]);
  });

  it('is nowhere for a meter that is new', () => {
    expect(beginnings([meter('N')], [line('A', ['A'], '1.00')])).toEqual([['N', null]]);
  });
});
