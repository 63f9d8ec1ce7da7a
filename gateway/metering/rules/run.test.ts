import { describe, expect, it } from 'vitest';
import { finding, type FindingCode } from './checks.ts';
import { midnightOnTheFirst, nextPeriod, previousPeriod } from './period.ts';
import { blocking, isClosed, openRun, step, type Run, type Step } from './run.ts';
import { at, NOVEMBER, ZONE } from './testing/on-paper.ts';

const CUT = midnightOnTheFirst(ZONE);
const ON_THE_FIFTH = at('12-05 09:00');
const found = (code: FindingCode, chain = 'E1') =>
  finding({ chain, home: '1-1-101' }, code, { zh: '略', en: 'whatever' });
/** The first run of its utility. */
const DRAFT: Step = { type: 'draft', closedRuns: 0 };
const CLOSE: Step = { type: 'close', draft: 1, others: [], by: 'wang', at: ON_THE_FIFTH };
const accept = (keys: readonly string[], note = 'burst pipe, seen on site') => {
  return { type: 'accept', keys, note, by: 'wang', at: ON_THE_FIFTH } as const;
};

/** After all of `steps`, none of which is refused. */
function after(run: Run, ...steps: readonly Step[]): Run {
  return steps.reduce((current, asked) => {
    const stepped = step(current, asked);
    if (!stepped.ok) throw new Error(stepped.refusal.code);
    return stepped.run;
  }, run);
}

const refusal = (run: Run, asked: Step): string | null => {
  const stepped = step(run, asked);
  return stepped.ok ? null : stepped.refusal.code;
};

const opened = openRun('electricity', NOVEMBER);
const checked = after(opened, DRAFT, { type: 'check', findings: [] });
const discarded = after(checked, { type: 'discard', note: 'October was meant' });
const closed = after(checked, CLOSE);
const exported = after(closed, { type: 'export', manifest: 'abc' });

describe('a run', () => {
  it('goes from draft to acknowledged', () => {
    const done = after(exported, { type: 'acknowledge', manifest: 'abc', by: 'billing', at: ON_THE_FIFTH });
    expect([opened, checked, closed, exported, done].map(({ state }) => state)).toEqual([
      ...['draft', 'checked', 'closed', 'exported', 'acknowledged'],
    ]);
    expect(done).toMatchObject({
      ...{ id: 'electricity-2026-11', period: '2026-11', revision: 0, manifest: 'abc' },
      closed: { by: 'wang', at: ON_THE_FIFTH },
      acknowledged: { by: 'billing', at: ON_THE_FIFTH },
    });
  });

  it.each<[string, Run, Step, string]>([
    ['closed twice', closed, CLOSE, 'alreadyClosed'],
    ['drafted when it is closed', closed, DRAFT, 'alreadyClosed'],
    ['checked when it is closed', closed, { type: 'check', findings: [] }, 'alreadyClosed'],
    ['checked before it is drafted', opened, { type: 'check', findings: [] }, 'notDrafted'],
    ['closed before it is checked', after(opened, DRAFT), CLOSE, 'notChecked'],
    ['closed as it was before the last draft', checked, { ...CLOSE, draft: 0 }, 'stale'],
    ['closed before its period is over', checked, { ...CLOSE, at: NOVEMBER.to - 1 }, 'notOver'],
    ['discarded when it is closed', closed, { type: 'discard', note: 'x' }, 'alreadyClosed'],
    ['discarded without a reason', checked, { type: 'discard', note: ' ' }, 'noteRequired'],
    ['checked when it is discarded', discarded, { type: 'check', findings: [] }, 'notDrafted'],
    ['closed when it is discarded', discarded, CLOSE, 'notChecked'],
    ['exported before it is closed', checked, { type: 'export', manifest: 'abc' }, 'notClosed'],
    ['exported with other bytes', exported, { type: 'export', manifest: 'abd' }, 'exportDiffers'],
    [
      'acknowledged before it is closed',
      checked,
      { type: 'acknowledge', manifest: 'abc', by: 'b', at: 1 },
      'notClosed',
    ],
    [
      'acknowledged before it is exported',
      closed,
      { type: 'acknowledge', manifest: 'abc', by: 'b', at: 1 },
      'notExported',
    ],
    [
      'acknowledged by another manifest',
      exported,
      { type: 'acknowledge', manifest: 'abd', by: 'b', at: 1 },
      'otherManifest',
    ],
  ])('is not %s', (_, run, asked, code) => {
    expect(refusal(run, asked)).toBe(code);
  });

  it('that was discarded may be drafted after all, and is never closed for a draft of before', () => {
    expect([discarded.state, isClosed(discarded)]).toEqual(['discarded', false]);
    const again = after(discarded, DRAFT, { type: 'check', findings: [] });
    expect(refusal(again, CLOSE)).toBe('stale');
    expect(after(again, { ...CLOSE, draft: 2 }).state).toBe('closed');
  });

  it('says once more what was done before, and changes nothing', () => {
    const done = after(exported, { type: 'acknowledge', manifest: 'abc', by: 'billing', at: ON_THE_FIFTH });
    const again: Step[] = [
      { type: 'export', manifest: 'abc' },
      { type: 'acknowledge', manifest: 'abc', by: 'somebody else', at: ON_THE_FIFTH + 1 },
    ];
    for (const asked of again) expect(step(done, asked)).toEqual({ ok: true, run: done, changed: false });
  });

  it('is closed from the first instant after its period', () => {
    expect(refusal(checked, { ...CLOSE, at: NOVEMBER.to })).toBeNull();
  });

  it('is closed with warnings', () => {
    const run = after(checked, { type: 'check', findings: [found('missing'), found('estimate')] });
    expect(isClosed(after(run, CLOSE))).toBe(true);
  });

  it('is not closed over a finding until it is accepted with a note', () => {
    const run = after(checked, { type: 'check', findings: [found('tenTimes'), found('backwards', 'E2')] });
    const stepped = step(run, CLOSE);
    expect(stepped).toMatchObject({ ok: false, refusal: { code: 'blocked', about: ['E1:tenTimes', 'E2:backwards'] } });
    expect(refusal(run, accept(['E1:tenTimes'], ' '))).toBe('noteRequired');
    expect(refusal(run, accept(['E9:tenTimes']))).toBe('noSuchFinding');
    const half = after(run, accept(['E1:tenTimes', 'E1:tenTimes']));
    expect(blocking(half).map(({ key }) => key)).toEqual(['E2:backwards']);
    expect(half.accepted).toEqual([
      { key: 'E1:tenTimes', note: 'burst pipe, seen on site', by: 'wang', at: ON_THE_FIFTH },
    ]);
    expect(step(half, accept(['E1:tenTimes']))).toMatchObject({ changed: false });
    expect(isClosed(after(half, accept(['E2:backwards']), CLOSE))).toBe(true);
  });

  it('is not closed over a suspect reading, whatever the note', () => {
    const run = after(checked, { type: 'check', findings: [found('suspectAtCut')] });
    expect(refusal(run, accept(['E1:suspectAtCut']))).toBe('notAcceptable');
    expect(refusal(run, CLOSE)).toBe('blocked');
  });

  it('forgets what was accepted when it is drafted again', () => {
    const run = after(checked, { type: 'check', findings: [found('tenTimes')] }, accept(['E1:tenTimes']), DRAFT);
    expect(run).toMatchObject({ state: 'draft', draft: 2, findings: [], accepted: [] });
    expect(refusal(run, accept(['E1:tenTimes']))).toBe('notChecked');
    expect(refusal(closed, accept(['E1:tenTimes']))).toBe('alreadyClosed');
  });

  it('bills no period twice, and none after a later one', () => {
    const other = (period: typeof NOVEMBER, utility: Run['utility'] = 'electricity'): Run => ({
      ...openRun(utility, period),
      ...{ id: `${utility}-${period.name}-other`, state: 'closed' },
    });
    const closing = (...others: Run[]) => refusal(checked, { ...CLOSE, others });
    expect(closing(other(NOVEMBER))).toBe('alreadyBilled');
    expect(closing(other({ ...NOVEMBER, from: NOVEMBER.to - 1, to: NOVEMBER.to + 1 }))).toBe('alreadyBilled');
    expect(closing(other(nextPeriod(NOVEMBER, CUT)))).toBe('laterClosed');
    expect(closing(other(NOVEMBER, 'gas'), opened)).toBeNull();
    const earlier = other(previousPeriod(NOVEMBER, CUT));
    expect(refusal({ ...checked, wentBy: 1 }, { ...CLOSE, others: [earlier] })).toBeNull();
  });

  it('is drafted again where a run of its utility was closed since: that may have moved where it begins', () => {
    const october: Run = { ...openRun('electricity', previousPeriod(NOVEMBER, CUT)), state: 'closed' };
    const others = [october, { ...october, id: `${october.id}-r1`, revision: 1 }];
    expect(refusal(checked, { ...CLOSE, others: [october] })).toBe('outdated');
    expect(refusal({ ...checked, wentBy: 1 }, { ...CLOSE, others })).toBe('outdated');
    expect(refusal({ ...checked, wentBy: null }, CLOSE)).toBe('outdated');
    const again = after(checked, { type: 'draft', closedRuns: 2 }, { type: 'check', findings: [] });
    expect(refusal(again, { ...CLOSE, draft: 2, others })).toBeNull();
  });

  it('takes what is accepted of the draft that was looked at, where somebody says which', () => {
    const run = after(checked, { type: 'check', findings: [found('tenTimes')] });
    expect(refusal(run, { ...accept(['E1:tenTimes']), draft: 2 })).toBe('stale');
    expect(refusal(run, { ...accept(['E1:tenTimes']), draft: 1 })).toBeNull();
  });

  it('says why in both languages', () => {
    expect(step(closed, CLOSE)).toMatchObject({
      refusal: {
        zh: '本期账单已结账，不能再改；更正请做修订',
        en: 'the run is closed and never changes: correct it by a revision',
      },
    });
  });
});
