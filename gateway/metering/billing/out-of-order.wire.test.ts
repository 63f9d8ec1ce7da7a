/** Runs of one utility that are drafted, corrected and closed in each other's midst: nothing is billed twice, nothing never. */
import { describe, expect, it } from 'vitest';
import type { BillLine } from '../rules/line.ts';
import { at, billingSite, close, codeOf, done, meter, read, type BillingSite } from './testing/billing-site.ts';

const [NOVEMBER, DECEMBER] = ['electricity-2026-11', 'electricity-2026-12'];

/** One flat, read at four cuts; October is closed. */
async function fourCuts(): Promise<BillingSite> {
  const site = await billingSite([meter('E1')]);
  await site.add(
    ...[read('E1', '10-01 00:00', '50.00'), read('E1', '11-01 00:00', '100.00')],
    ...[read('E1', '12-01 00:00', '150.00'), read('E1', '2027-01-01 00:00', '210.00')],
  );
  site.time.now = at('2027-01-05 09:00');
  await draft(site, '2026-10');
  await close(site.billing, 'electricity-2026-10');
  return site;
}

async function draft({ billing }: BillingSite, period: string): Promise<void> {
  done(await billing.draftPeriod('electricity', period, 'li'));
}

async function checked({ billing }: BillingSite, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) done(await billing.check({ id, by: 'li' }));
}

/** November's line of E1, corrected by what has been read since; checked. */
async function corrected(site: BillingSite, value: string): Promise<string> {
  await site.add(read('E1', '12-01 00:00', value, { quality: 'frozen' }));
  const corrections = [{ chain: 'E1', why: 'frozen at the cut' }];
  const { id } = done(await site.billing.revise({ id: NOVEMBER, by: 'li', corrections })).row;
  done(await site.billing.draft({ id, by: 'li' }));
  await checked(site, id);
  return id;
}

const closeDraft = ({ billing }: BillingSite, id: string, n = 1) => billing.close({ id, by: 'wang', draft: n });

function uses({ store }: BillingSite, ...ids: readonly string[]): (string | null)[] {
  return ids.flatMap((id) => store.billing.lines(id, -1, 10).map(({ line }) => (line as BillLine).consumption));
}

describe('a draft that went by other closed runs than there are', () => {
  it('is not closed: the period before it was billed since', async () => {
    const site = await fourCuts();
    await draft(site, '2026-11');
    await draft(site, '2026-12');
    await checked(site, NOVEMBER, DECEMBER);
    done(await closeDraft(site, NOVEMBER));
    expect(codeOf(await closeDraft(site, DECEMBER))).toBe('outdated');
    await draft(site, '2026-12');
    await checked(site, DECEMBER);
    done(await closeDraft(site, DECEMBER, 2));
    expect(uses(site, NOVEMBER, DECEMBER)).toEqual(['50.00', '60.00']);
  });

  it('is not closed: a line was corrected since, and ends elsewhere', async () => {
    const site = await fourCuts();
    await draft(site, '2026-11');
    await close(site.billing, NOVEMBER);
    await draft(site, '2026-12');
    await checked(site, DECEMBER);
    const revision = await corrected(site, '160.00');
    done(await closeDraft(site, revision));
    expect(codeOf(await closeDraft(site, DECEMBER))).toBe('outdated');
    await draft(site, '2026-12');
    await checked(site, DECEMBER);
    done(await closeDraft(site, DECEMBER, 2));
    expect(uses(site, revision, DECEMBER)).toEqual(['60.00', '50.00']);
  });

  it('is not closed: the period after a correction was billed since, and begins where it no longer ends', async () => {
    const site = await fourCuts();
    await draft(site, '2026-11');
    await close(site.billing, NOVEMBER);
    const revision = await corrected(site, '140.00');
    await draft(site, '2026-12');
    await close(site.billing, DECEMBER);
    expect(codeOf(await closeDraft(site, revision))).toBe('outdated');
    done(await site.billing.draft({ id: revision, by: 'li' }));
    const { row } = done(await site.billing.check({ id: revision, by: 'li' }));
    expect(row.run.run.findings.map(({ key }) => key)).toEqual(['E1:seam']);
  });
});

describe('of two that are closed at once', () => {
  it('the earlier period is refused where the later one came first', async () => {
    const site = await fourCuts();
    await draft(site, '2026-11');
    await draft(site, '2026-12');
    await checked(site, NOVEMBER, DECEMBER);
    const both = await Promise.all([closeDraft(site, DECEMBER), closeDraft(site, NOVEMBER)]);
    expect(both.map(codeOf)).toEqual([null, 'laterClosed']);
  });

  it('one correction of a line is refused', async () => {
    const site = await fourCuts();
    await draft(site, '2026-11');
    await close(site.billing, NOVEMBER);
    const revisions = [await corrected(site, '140.00'), await corrected(site, '141.00')];
    const both = await Promise.all(revisions.map((id) => closeDraft(site, id)));
    expect(both.map(codeOf)).toEqual([null, 'lineReplaced']);
  });
});
