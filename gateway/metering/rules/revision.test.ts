import { describe, expect, it } from 'vitest';
import type { BillLine } from './line.ts';
import { checkSeam, correctionsIn, openRevision, type ClosedRun } from './revision.ts';
import { isClosed, openRun, step, type Run, type Stepped } from './run.ts';
import { at, billed, draft, meter, NOVEMBER, read } from './testing/on-paper.ts';

function lineOf(chain: string, closing: string): BillLine {
  const { line } = draft({
    meters: [meter(chain)],
    billed: billed(chain, '11-01 00:00', '100.00'),
    readings: [read(chain, '12-01 00:00', closing, { quality: 'frozen' })],
  });
  if (line === null) throw new Error('nothing to bill');
  return line;
}

const LINES = [lineOf('E1', '150.00'), lineOf('E2', '180.00')];
const original: ClosedRun = { run: { ...openRun('electricity', NOVEMBER), state: 'exported', draft: 1 }, lines: LINES };
const WHY = 'the clerk typed 150 for 130';
const corrected = lineOf('E1', '130.00');

function opened(stepped: Stepped): Run {
  if (!stepped.ok) throw new Error(stepped.refusal.code);
  return stepped.run;
}

const codeOf = (stepped: Stepped): string | null => (stepped.ok ? null : stepped.refusal.code);
const first = opened(openRevision(original, [{ chain: 'E1', why: WHY }], [original.run]));
const closedFirst: ClosedRun = { run: { ...first, state: 'closed', draft: 1 }, lines: [corrected] };

describe('openRevision', () => {
  it('names the line that it replaces, and why', () => {
    expect(first).toMatchObject({
      ...{ id: 'electricity-2026-11-r1', revision: 1, state: 'draft', period: '2026-11' },
      corrections: [{ chain: 'E1', meters: ['E1'], replaces: 'electricity-2026-11', why: WHY }],
    });
  });

  it('is refused without a reason, for an open run, for a line that is not there', () => {
    const open = { ...original, run: { ...original.run, state: 'checked' as const } };
    expect(codeOf(openRevision(open, [{ chain: 'E1', why: WHY }], []))).toBe('stillOpen');
    expect(codeOf(openRevision(original, [{ chain: 'E1', why: ' ' }], []))).toBe('noteRequired');
    expect(codeOf(openRevision(original, [], []))).toBe('noteRequired');
    expect(codeOf(openRevision(original, [{ chain: 'E9', why: WHY }], []))).toBe('noSuchLine');
  });

  it('has a line that is named twice once', () => {
    const twice = openRevision(
      original,
      ['first', 'second'].map((why) => ({ chain: 'E1', why })),
      [],
    );
    expect(opened(twice).corrections.map(({ chain, why }) => [chain, why])).toEqual([['E1', 'second']]);
  });

  it('corrects the latest revision of a line only', () => {
    const runs = [original.run, closedFirst.run];
    expect(codeOf(openRevision(original, [{ chain: 'E1', why: WHY }], runs))).toBe('lineReplaced');
    expect(opened(openRevision(closedFirst, [{ chain: 'E1', why: WHY }], runs)).id).toBe('electricity-2026-11-r2');
    expect(opened(openRevision(original, [{ chain: 'E2', why: WHY }], runs)).id).toBe('electricity-2026-11-r2');
  });

  it('of two that replace the same line lets one be closed', () => {
    const second = opened(openRevision(original, [{ chain: 'E1', why: WHY }], [original.run, first]));
    const other = opened(openRevision(original, [{ chain: 'E2', why: WHY }], [original.run, first]));
    const closing = (run: Run, others: readonly Run[]): Stepped =>
      step(
        { ...run, state: 'checked', draft: 1, wentBy: others.filter(isClosed).length },
        { type: 'close', draft: 1, others, by: 'wang', at: at('12-06 00:00') },
      );
    expect(closing(second, [original.run, first])).toMatchObject({ ok: true, run: { state: 'closed' } });
    expect(codeOf(closing(second, [original.run, closedFirst.run]))).toBe('lineReplaced');
    expect(codeOf(closing(other, [original.run, closedFirst.run]))).toBeNull();
    const third = opened(openRevision(closedFirst, [{ chain: 'E1', why: WHY }], [original.run, closedFirst.run]));
    expect(codeOf(closing(third, [original.run, closedFirst.run]))).toBeNull();
    expect(codeOf(closing(first, [original.run, { ...second, state: 'closed' }]))).toBe('lineReplaced');
  });
});

describe('correctionsIn', () => {
  it('are those whose meters a line bills, whatever it is named after', () => {
    const merged = {
      corrections: ['A', 'B', 'C'].map((chain) => ({ chain, meters: [chain], replaces: 'r', why: WHY })),
    };
    expect(correctionsIn(merged, { meters: ['A', 'B'] }).map(({ chain }) => chain)).toEqual(['A', 'B']);
    const parted = { corrections: [{ chain: 'A', meters: ['A', 'B'], replaces: 'r', why: WHY }] };
    expect(correctionsIn(parted, { meters: ['B'] }).map(({ chain }) => chain)).toEqual(['A']);
    expect(correctionsIn(parted, { meters: ['C'] })).toEqual([]);
  });
});

describe('checkSeam', () => {
  const next = (opening: BillLine['opening']): BillLine => ({ ...corrected, period: '2026-12', opening });

  it('finds that the next period does not go on where a corrected one ends', () => {
    expect(checkSeam(corrected, next(LINES[0]?.closing ?? null))).toMatchObject([
      {
        key: 'E1:seam',
        weight: 'note',
        en: expect.stringContaining('ends with 130.00 (meter E1), and 2026-12 begins with 150.00') as string,
      },
    ]);
  });

  it('finds one that goes on with the same value of another time', () => {
    const { closing } = corrected;
    expect(checkSeam(corrected, next(closing && { ...closing, at: closing.at + 1 }))).toHaveLength(1);
  });

  it('is content where it does, where a new meter follows, and where nothing follows', () => {
    const removal = { ...billed('E0', '11-30 23:00', '77.00'), source: 'removal' } as const;
    const installation = { ...billed('E1', '12-01 09:00', '0.00'), source: 'installation' } as const;
    expect(checkSeam(corrected, next(corrected.closing))).toEqual([]);
    expect(checkSeam({ ...corrected, billedTo: removal }, next(installation))).toEqual([]);
    expect(checkSeam(corrected, null)).toEqual([]);
  });
});
