/** The tables change between bills: meters are put into one line, taken apart, or forgotten. No use is billed twice, none never. */
import { describe, expect, it } from 'vitest';
import type { BillLine } from '../rules/line.ts';
import { at, billingSite, close, codeOf, done, meter, read, type BillingSite } from './testing/billing-site.ts';

const [NOVEMBER, DECEMBER, JANUARY] = ['electricity-2026-11', 'electricity-2026-12', 'electricity-2027-01'];
const WHY = 'the exchange was entered late';

/** A was taken down on the twelfth of November, B put up in its place. */
const OLD = { removedAt: '2026-11-12T10:00:00', final: '120.00' };
const NEW = { installedAt: '2026-11-12T11:00:00', initial: '0' };
const APART = [meter('A', OLD), meter('B', NEW)];
const TOGETHER = [meter('A', OLD), meter('B', { ...NEW, replaces: 'A' })];

/** November is closed with the tables as they were. */
async function november(meters: typeof APART): Promise<BillingSite> {
  const site = await billingSite(meters);
  await site.add(
    ...[read('A', '11-01 00:00', '100.00'), read('B', '12-01 00:00', '60.00')],
    ...[read('B', '2027-01-01 00:00', '90.00'), read('B', '2027-02-01 00:00', '95.00')],
  );
  site.time.now = at('2027-02-05 09:00');
  await bill(site, '2026-11');
  return site;
}

async function bill(site: BillingSite, period: string): Promise<void> {
  done(await site.billing.draftPeriod('electricity', period, 'li'));
  await close(site.billing, `electricity-${period}`);
}

async function revised({ billing }: BillingSite, chains: readonly string[], of = NOVEMBER): Promise<string> {
  const corrections = chains.map((chain) => ({ chain, why: WHY }));
  return done(await billing.revise({ id: of, by: 'li', corrections })).row.id;
}

async function found({ billing }: BillingSite, id: string): Promise<string[]> {
  const { row } = done(await billing.check({ id, by: 'li' }));
  return row.run.run.findings.map(({ key, weight }) => `${key} ${weight}`);
}

function lines({ store }: BillingSite, id: string): string[] {
  return store.billing.lines(id, -1, 10).map(({ line }) => {
    const { meters, consumption } = line as BillLine;
    return `${meters.join('→')} ${consumption ?? 'unknown'}`;
  });
}

async function exported({ billing, store }: BillingSite, id: string): Promise<unknown[]> {
  done(await billing.export({ id, by: 'li' }));
  const file = Buffer.from(store.billing.exported(id, `${id}.ndjson`)?.bytes ?? []).toString();
  return file.trimEnd().split('\n').map((text) => JSON.parse(text) as unknown); // prettier-ignore
}

describe('two lines that turn out to be one', () => {
  it('are corrected by one, which says that it stands for both', async () => {
    const site = await november(APART);
    expect(lines(site, NOVEMBER)).toEqual(['A 20.00', 'B 60.00']);
    site.register(TOGETHER);
    const id = await revised(site, ['A', 'B']);
    done(await site.billing.draft({ id, by: 'li' }));
    await close(site.billing, id);
    expect(lines(site, id)).toEqual(['A→B 80.00']);
    const replaces = ['A', 'B'].map((chain) => ({ run: NOVEMBER, chain, why: WHY }));
    expect(await exported(site, id)).toMatchObject([{ chain: 'A', consumption: '80.00', replaces }]);
    const csv = Buffer.from(site.store.billing.exported(id, `${id}.csv`)?.bytes ?? []).toString();
    expect(csv).toContain(`${NOVEMBER}；${NOVEMBER}（B）,${WHY}`);
    // Both lines are replaced by then.
    for (const chain of ['A', 'B'])
      expect(codeOf(await site.billing.revise({ id: NOVEMBER, by: 'li', corrections: [{ chain, why: WHY }] }))).toBe(
        'lineReplaced',
      );
    await bill(site, '2026-12');
    expect(lines(site, DECEMBER)).toEqual(['B 30.00']);
  });

  it.each(['A', 'B'])('are not corrected one without the other: %s', async (chain) => {
    const site = await november(APART);
    site.register(TOGETHER);
    const id = await revised(site, [chain]);
    done(await site.billing.draft({ id, by: 'li' }));
    expect(await found(site, id)).toContain('A:billedTwice mend');
    expect(codeOf(await site.billing.close({ id, by: 'wang', draft: 1 }))).toBe('blocked');
  });
});

describe('a line that turns out to be two', () => {
  it('is corrected by two, and each of them goes on', async () => {
    const site = await november(TOGETHER);
    expect(lines(site, NOVEMBER)).toEqual(['A→B 80.00']);
    site.register(APART);
    const id = await revised(site, ['A']);
    done(await site.billing.draft({ id, by: 'li' }));
    await close(site.billing, id);
    expect(lines(site, id)).toEqual(['A 20.00', 'B 60.00']);
    const replaces = [{ run: NOVEMBER, chain: 'A', why: WHY }];
    expect(await exported(site, id)).toMatchObject([
      { chain: 'A', replaces },
      { chain: 'B', replaces },
    ]);
    await bill(site, '2026-12');
    expect(lines(site, DECEMBER)).toEqual(['B 30.00']);
  });

  it('has to go on where the next closed period begins, whatever that line is named after', async () => {
    const site = await november(TOGETHER);
    await bill(site, '2026-12');
    site.register(APART);
    await site.add(read('B', '12-01 00:00', '55.00', { quality: 'frozen' }));
    const id = await revised(site, ['A']);
    done(await site.billing.draft({ id, by: 'li' }));
    expect(await found(site, id)).toEqual(['B:seam note']);
  });
});

describe('a meter whose row has gone', () => {
  it('keeps the next run from being closed', async () => {
    const site = await november(APART);
    site.register([meter('A', OLD), meter('C', { installedAt: '2026-12-20T09:00:00' })]);
    done(await site.billing.draftPeriod('electricity', '2026-12', 'li'));
    expect(await found(site, DECEMBER)).toContain('B:unknownMeter mend');
  });

  it('cannot be corrected away, and what was drafted of it does not stay', async () => {
    const site = await november(APART);
    const id = await revised(site, ['A', 'B']);
    done(await site.billing.draft({ id, by: 'li' }));
    site.register([meter('A', OLD)]);
    const refused = await site.billing.draft({ id, by: 'li' });
    expect(refused).toMatchObject({ refusal: { code: 'noSuccessor', about: ['B'] } });
    expect(lines(site, id)).toEqual([]);
  });

  it('is said where its line is corrected by the meters that are left', async () => {
    const site = await november(TOGETHER);
    site.register([meter('A', OLD)]);
    const id = await revised(site, ['A']);
    done(await site.billing.draft({ id, by: 'li' }));
    expect(await found(site, id)).toContain('A:meterLeft note');
  });
});

it('finds that a corrected line does not go on, though the period after it has none', async () => {
  const site = await billingSite([meter('E1'), meter('E2', { removedAt: '2026-12-15T09:00:00', final: '5.00' })]);
  const cuts = [
    ['11-01', '100.00'],
    ['12-01', '150.00'],
    ['2027-01-01', '210.00'],
    ['2027-02-01', '260.00'],
  ] as const;
  await site.add(...cuts.map(([day, value]) => read('E1', `${day} 00:00`, value)));
  await site.add(read('E2', '11-01 00:00', '0.00'), read('E2', '12-01 00:00', '2.00'));
  site.time.now = at('2027-02-05 09:00');
  await bill(site, '2026-11');
  // E1 has not come to the site in December yet, by a mistake in the tables.
  site.register([
    meter('E1', { installedAt: '2027-01-03T00:00:00' }),
    meter('E2', { removedAt: '2026-12-15T09:00:00', final: '5.00' }),
  ]);
  await bill(site, '2026-12');
  expect(lines(site, DECEMBER)).toEqual(['E2 3.00']);
  site.register([meter('E1')]);
  await bill(site, '2027-01');
  expect(lines(site, JANUARY)).toEqual(['E1 110.00']);
  await site.add(read('E1', '12-01 00:00', '140.00', { quality: 'frozen' }));
  const id = await revised(site, ['E1']);
  done(await site.billing.draft({ id, by: 'li' }));
  expect(await found(site, id)).toEqual(['E1:seam note']);
});

describe('a number that was wrong when its bill was closed', () => {
  it.each([
    ['12-01 00:00', 'RIGHT'],
    ['12-01 00:03', 'RIGHT'],
    // Two minutes of the wrong one are in the next period, without use.
    ['11-30 23:58', 'WRONG→RIGHT'],
  ])('goes on as the right one, entered as an exchange at the end of the period; read at %s', async (closing, next) => {
    const site = await billingSite([meter('WRONG')]);
    await site.add(read('WRONG', '11-01 00:00', '100.00'), read('WRONG', closing, '120.00'));
    site.time.now = at('2027-02-05 09:00');
    await bill(site, '2026-11');
    site.register([
      meter('WRONG', { removedAt: '2026-12-01T00:00:00', final: '120.00' }),
      meter('RIGHT', { installedAt: '2026-12-01T00:00:00', initial: '120.00', replaces: 'WRONG' }),
    ]);
    await site.add(read('RIGHT', '2027-01-01 00:00', '150.00'), read('RIGHT', '2027-02-01 00:00', '155.00'));
    await bill(site, '2026-12');
    await bill(site, '2027-01');
    expect([NOVEMBER, DECEMBER, JANUARY].flatMap((run) => lines(site, run))).toEqual([
      'WRONG 20.00',
      `${next} 30.00`,
      'RIGHT 5.00',
    ]);
  });
});
