/** A run's life on a real store, drafted by the real thread. */
import { describe, expect, it } from 'vitest';
import type { BillLine } from '../rules/line.ts';
import { at, billingSite, close, codeOf, done, meter, read, type BillingSite } from './testing/billing-site.ts';

const NOVEMBER = 'electricity-2026-11';

/** Two flats that were read at both cuts. */
async function twoFlats(): Promise<BillingSite> {
  const site = await billingSite([meter('E1'), meter('E2', { home: '1-2-3', multiplier: '40' })]);
  await site.add(
    ...[read('E1', '11-01 00:10', '100.00'), read('E1', '12-01 00:05', '150.50')],
    ...[read('E2', '11-01 00:00', '10.00', { quality: 'frozen' }), read('E2', '12-01 00:00', '12.50')],
  );
  return site;
}

function lines({ store }: BillingSite, id = NOVEMBER): BillLine[] {
  return store.billing.lines(id, -1, 1_000).map(({ line }) => line as BillLine);
}

function audit({ store }: BillingSite): string[] {
  const rows = store.audit.list(Number.MAX_SAFE_INTEGER, 100).reverse();
  return rows.flatMap(({ who, what, detail }) =>
    what.startsWith('billing.') ? `${who} ${what} ${String(detail['outcome'])}` : [],
  );
}

describe('a run', () => {
  it('is drafted, checked and closed, each by whom and when', async () => {
    const site = await twoFlats();
    const { row } = done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    expect(row.run).toMatchObject({
      run: { id: NOVEMBER, state: 'draft', draft: 1 },
      drafted: {
        by: 'li',
        figures: { lines: 2, withoutConsumption: 0, consumption: '150.50', byQuality: { actual: 2 } },
      },
    });
    expect(lines(site).map(({ chain, consumption }) => [chain, consumption])).toEqual([
      ['E1', '50.50'],
      ['E2', '100.00'],
    ]);
    await close(site.billing, NOVEMBER);
    expect(site.billing.run(NOVEMBER)).toMatchObject({
      closed: true,
      run: { run: { state: 'closed', closed: { by: 'wang' } } },
    });
    expect(site.closed).toEqual([NOVEMBER]);
    expect(audit(site)).toEqual(['li billing.draft done', 'wang billing.check done', 'wang billing.close done']);
    expect(site.store.audit.firstBroken()).toBeNull();
  });

  it('bills heat in the unit that each meter shows, and sums up what is in both in GJ', async () => {
    const heat = { utility: 'heat', digits: 6 } as const;
    const site = await billingSite([
      meter('H1', heat),
      meter('H2', { ...heat, home: '1-2-3', unit: 'GJ', decimals: 3 }),
    ]);
    await site.add(
      ...[read('H1', '11-01 00:00', '100.00'), read('H1', '12-01 00:00', '1100.50')],
      ...[read('H2', '11-01 00:00', '10.000'), read('H2', '12-01 00:00', '12.345')],
    );
    const { row } = done(await site.billing.draftPeriod('heat', '2026-11', 'li'));
    expect(lines(site, 'heat-2026-11').map(({ chain, consumption, unit }) => [chain, consumption, unit])).toEqual([
      ['H1', '1000.50', 'kWh'],
      ['H2', '2.345', 'GJ'],
    ]);
    // 1000.50 kWh are 3.6018 GJ.
    expect(row.run.drafted?.figures).toMatchObject({ consumption: '5.9468', unit: 'GJ' });
  });

  it('names the registry that it was drafted from, which is kept', async () => {
    const site = await twoFlats();
    const { row } = done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    site.register([meter('E1')]);
    const again = done(await site.billing.draft({ id: NOVEMBER, by: 'li' }));
    expect(again.row.registry).not.toBe(row.registry);
    for (const version of [row.registry, again.row.registry]) {
      expect(site.store.registry.files(version ?? '')).toHaveLength(2);
    }
    expect(lines(site)).toHaveLength(1);
  });

  it('goes on where the one before it ended', async () => {
    const site = await twoFlats();
    await site.add(read('E1', '2026-10-01 00:00', '70.00'), read('E2', '2026-10-01 00:00', '8.00'));
    done(await site.billing.draftPeriod('electricity', '2026-10', 'li'));
    await close(site.billing, 'electricity-2026-10');
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    const [line] = lines(site);
    expect(line?.opening).toMatchObject({ value: '100.00', at: at('11-01 00:10'), source: 'billed' });
    expect(done(await site.billing.check({ id: NOVEMBER, by: 'li' })).row.run.run.findings).toEqual([]);
  });

  it('goes by the cut that the site has when it is drafted again, and goes on counting its drafts', async () => {
    const site = await twoFlats();
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    done(await site.billing.discard({ id: NOVEMBER, by: 'li', note: 'the cut is the 20th' }));
    await site.add(read('E1', '11-20 00:00', '130.00'));
    site.register([meter('E1')], { cutDay: 20 });
    const { row } = done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    expect(row).toMatchObject({
      from: at('10-20 00:00'),
      run: { run: { from: at('10-20 00:00'), to: at('11-20 00:00'), draft: 2 } },
    });
    expect(site.store.billing.runs().map(({ from }) => from)).toEqual([at('10-20 00:00')]);
  });

  it('tells what a person has believed in its midst, which is no boundary', async () => {
    const site = await twoFlats();
    const accepted = read('E1', '11-15 12:00', '140.00', { notes: ['it jumped', 'accepted by Li'] });
    await site.add(read('E1', '11-15 11:00', '139.00'), accepted, read('E1', '11-15 13:00', '141.00'));
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    expect(lines(site).map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([['notedInPeriod'], []]);
  });

  it('stays as it was closed, whatever is read or drafted afterwards', async () => {
    const site = await twoFlats();
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    const before = lines(site);
    // Readings that would have been nearer to the cut arrive while it is closed.
    const arriving = Array.from({ length: 50 }, (_, n) => site.add(read('E1', '12-01 00:00', `${160 + n}.00`)));
    await close(site.billing, NOVEMBER);
    await Promise.all(arriving);
    expect(lines(site)).toEqual(before);
    expect(codeOf(await site.billing.draftPeriod('electricity', '2026-11', 'li'))).toBe('alreadyClosed');
    expect(codeOf(await site.billing.check({ id: NOVEMBER, by: 'li' }))).toBe('alreadyClosed');
    expect(lines(site)).toEqual(before);
  });

  it('is closed by one clerk, however many try at once', async () => {
    const site = await twoFlats();
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    done(await site.billing.check({ id: NOVEMBER, by: 'li' }));
    const closing = (by: string) => site.billing.close({ id: NOVEMBER, by, draft: 1 });
    const codes = (await Promise.all([closing('wang'), closing('zhao')])).map(codeOf);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codeOf(await closing('zhao'))).toBe('alreadyClosed');
    expect(site.closed).toEqual([NOVEMBER]);
  });

  it('is drafted once by two who ask at the same time, and whoever looks meanwhile sees the whole draft', async () => {
    const site = await twoFlats();
    const drafting = [
      site.billing.draftPeriod('electricity', '2026-11', 'li'),
      site.billing.draftPeriod('electricity', '2026-11', 'zhao'),
    ];
    const checked = site.billing.check({ id: NOVEMBER, by: 'zhao' });
    expect((await Promise.all(drafting)).map(codeOf)).toEqual([null, 'drafting']);
    expect(done(await checked).row.run).toMatchObject({
      run: { state: 'checked' },
      drafted: { figures: { lines: 2 } },
    });
  });

  it('is not closed by a clerk who has looked at an older draft', async () => {
    const site = await twoFlats();
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    done(await site.billing.draftPeriod('electricity', '2026-11', 'zhao'));
    done(await site.billing.check({ id: NOVEMBER, by: 'zhao' }));
    expect(codeOf(await site.billing.close({ id: NOVEMBER, by: 'wang', draft: 1 }))).toBe('stale');
    expect(audit(site).at(-1)).toBe('wang billing.close stale');
  });

  it('is discarded with its lines, while it is open, and drafted again after all', async () => {
    const site = await twoFlats();
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    const discard = (note: string) => site.billing.discard({ id: NOVEMBER, by: 'li', note });
    expect(codeOf(await discard(''))).toBe('noteRequired');
    expect(lines(site)).toHaveLength(2);
    done(await discard('October was meant'));
    expect([lines(site), audit(site).at(-1)]).toEqual([[], 'li billing.discard done']);
    expect(done(await discard('October was meant')).changed).toBe(false);
    expect(codeOf(await site.billing.check({ id: NOVEMBER, by: 'li' }))).toBe('notDrafted');
    expect(codeOf(await site.billing.close({ id: NOVEMBER, by: 'li', draft: 1 }))).toBe('notDrafted');
    expect(done(await site.billing.draft({ id: NOVEMBER, by: 'li' })).row.run.run).toMatchObject({ draft: 2 });
    expect(lines(site)).toHaveLength(2);
    done(await site.billing.check({ id: NOVEMBER, by: 'li' }));
    done(await site.billing.close({ id: NOVEMBER, by: 'li', draft: 2 }));
    expect(codeOf(await discard('October was meant'))).toBe('alreadyClosed');
    expect(lines(site)).toHaveLength(2);
  });

  it.each([
    ['an unknown period', '2026-13', 'unknownPeriod'],
    ['a period that is no name', 'November', 'unknownPeriod'],
    ['a period that is not over', '2026-12', 'notOver'],
  ])('is not drafted for %s', async (_, period, code) => {
    const site = await twoFlats();
    expect(codeOf(await site.billing.draftPeriod('electricity', period, 'li'))).toBe(code);
    expect(site.billing.runs()).toEqual([]);
  });

  it('is not drafted where there is nothing to bill, and none is corrected while it is open', async () => {
    const site = await twoFlats();
    expect(codeOf(await site.billing.draftPeriod('gas', '2026-11', 'li'))).toBe('nothingToBill');
    expect(codeOf(await site.billing.draftPeriod('electricity', '2019-01', 'li'))).toBe('nothingToBill');
    expect(site.billing.run('electricity-2019-01')).toBeUndefined();
    expect(codeOf(await site.billing.draft({ id: NOVEMBER, by: 'li' }))).toBe('unknownRun');
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    const corrections = [{ chain: 'E1', why: 'typed wrong' }];
    expect(codeOf(await site.billing.revise({ id: NOVEMBER, by: 'li', corrections }))).toBe('stillOpen');
  });
});

describe('a draft that was broken off', () => {
  it('is neither checked nor closed, and is drafted again', async () => {
    const site = await twoFlats();
    const { row } = done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    done(await site.billing.check({ id: NOVEMBER, by: 'li' }));
    // What the first step of drafting again leaves behind when the power fails.
    const begun = { ...row, registry: null, run: { ...row.run, drafted: null } };
    const stored = site.billing.run(NOVEMBER);
    expect(await site.store.write('saveRun', begun, stored?.run ?? null, null)).toBe(true);
    const after = site.again();
    expect(codeOf(await after.check({ id: NOVEMBER, by: 'li' }))).toBe('notDrafted');
    expect(codeOf(await after.close({ id: NOVEMBER, by: 'li', draft: 1 }))).toBe('notDrafted');
    done(await after.draft({ id: NOVEMBER, by: 'li' }));
    expect(lines(site)).toHaveLength(2);
    await close(after, NOVEMBER);
  });
});

describe('findings', () => {
  it('tell that the clock of a meter was off when it was last read, and by how much', async () => {
    const place = { device: 'm1', point: 'importEnergy', pulseWeight: null };
    const site = await billingSite([meter('E1', { place }), meter('E2', { home: '1-2-3' })]);
    await site.add(
      ...[read('E1', '11-01 00:00', '100.00'), read('E1', '12-01 00:00', '150.50')],
      ...[read('E2', '11-01 00:00', '10.00'), read('E2', '12-01 00:00', '12.50')],
    );
    const shows = (value: string, seen: string) => {
      const clock = { point: 'meterClock', value, unit: null, quality: 'good', reason: null, archive: true } as const;
      return site.store.write('observe', [{ device: 'm1', readings: [{ ...clock, at: at(seen) }] }], at(seen));
    };
    await shows('2026-12-05T07:30:30', '12-05 08:30');
    const off = done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    expect(off.row.run.drafted?.found).toMatchObject([
      { key: 'E1:clockOff', weight: 'warns', en: expect.stringContaining('3570 s behind') as string },
    ]);
    await shows('2026-12-05T08:45:10', '12-05 08:45');
    const right = done(await site.billing.draft({ id: NOVEMBER, by: 'li' }));
    expect(right.row.run.drafted?.found).toEqual([]);
  });

  it('hold the run until they are settled, or accepted with a note', async () => {
    const site = await billingSite([meter('E1'), meter('E2')]);
    await site.add(
      ...[read('E1', '11-01 00:00', '100.00'), read('E1', '12-01 00:00', '90.00')],
      ...[read('E2', '11-01 00:00', '10.00'), read('E2', '12-01 00:00', '9999.00', { standing: 'suspect' })],
    );
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    const { row } = done(await site.billing.check({ id: NOVEMBER, by: 'li' }));
    expect(row.run.run.findings.map(({ key, weight }) => `${key} ${weight}`)).toEqual([
      ...['E1:backwards note', 'E2:missing warns', 'E2:suspectAtCut mend'],
    ]);
    const closing = () =>
      site.billing.close({ id: NOVEMBER, by: 'wang', draft: site.billing.run(NOVEMBER)?.run.run.draft ?? 0 });
    const blocked = await closing();
    expect(blocked).toMatchObject({ refusal: { code: 'blocked', about: ['E1:backwards', 'E2:suspectAtCut'] } });
    const accept = (keys: string[], note: string) => site.billing.accept({ id: NOVEMBER, by: 'wang', keys, note });
    expect(codeOf(await accept(['E1:backwards'], ' '))).toBe('noteRequired');
    expect(codeOf(await accept(['E2:suspectAtCut'], 'looked'))).toBe('notAcceptable');
    const [suspect] = site.store.meterReadings.suspects(0, 1);
    const entry = { at: site.time.now, who: 'wang', what: 'test', detail: {} };
    const settlement = { id: suspect?.id ?? 0, standing: 'rejected', note: 'misread' } as const;
    await site.store.write('settleMeterReading', settlement, null, entry);
    done(await site.billing.draft({ id: NOVEMBER, by: 'li' }));
    done(await site.billing.check({ id: NOVEMBER, by: 'li' }));
    expect(codeOf(await closing())).toBe('blocked');
    done(await accept(['E1:backwards'], 'seen on site'));
    expect(done(await accept(['E1:backwards'], 'again')).changed).toBe(false);
    done(await closing());
  });
});

describe('a revision', () => {
  it('replaces lines of a closed run, and finds where the next one no longer goes on', async () => {
    const site = await twoFlats();
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    await close(site.billing, NOVEMBER);
    site.time.now = at('2027-01-05 09:00');
    await site.add(read('E1', '2027-01-01 00:00', '200.00'), read('E2', '2027-01-01 00:00', '20.00'));
    done(await site.billing.draftPeriod('electricity', '2026-12', 'li'));
    await close(site.billing, 'electricity-2026-12');
    await site.add(read('E1', '12-01 00:00', '140.00', { quality: 'frozen' }));
    const corrections = [{ chain: 'E1', why: 'the frozen value came late' }];
    const opened = done(await site.billing.revise({ id: NOVEMBER, by: 'li', corrections }));
    expect(opened.row.id).toBe(`${NOVEMBER}-r1`);
    const id = opened.row.id;
    expect(codeOf(await site.billing.check({ id, by: 'li' }))).toBe('notDrafted');
    done(await site.billing.draft({ id, by: 'li' }));
    expect(lines(site, id).map(({ consumption }) => consumption)).toEqual(['40.00']);
    const { row } = done(await site.billing.check({ id, by: 'li' }));
    expect(row.run.run.findings.map(({ code }) => code)).toEqual(['seam']);
    done(await site.billing.accept({ id, by: 'li', keys: ['E1:seam'], note: 'December follows' }));
    done(await site.billing.close({ id, by: 'li', draft: 1 }));
    expect(lines(site).map(({ consumption }) => consumption)).toEqual(['50.50', '100.00']);
    expect(codeOf(await site.billing.revise({ id: NOVEMBER, by: 'li', corrections }))).toBe('lineReplaced');
    // What comes after goes on from the corrected line.
    const second = done(await site.billing.revise({ id: 'electricity-2026-12', by: 'li', corrections }));
    done(await site.billing.draft({ id: second.row.id, by: 'li' }));
    expect(lines(site, second.row.id)[0]).toMatchObject({ opening: { value: '140.00' }, consumption: '60.00' });
  });
});
