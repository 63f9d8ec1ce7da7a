/** A clerk decides about a reading in doubt, on a real store with bills of earlier months. */
import { expect, it } from 'vitest';
import { close, billingSite, configOf, done, meter, read, at } from '../billing/testing/billing-site.ts';
import type { LookedAt } from '../collection/collection.ts';
import { Desk } from './desk.ts';

const METERS = [meter('E1')];

async function deskAfterOctober() {
  const site = await billingSite(METERS);
  // October: 31 kWh in 31 days.
  await site.add(read('E1', '10-01 00:00', '100.00'), read('E1', '11-01 00:00', '131.00'));
  done(await site.billing.draftPeriod('electricity', '2026-10', 'li'));
  await close(site.billing, 'electricity-2026-10');
  const looked: LookedAt[] = [];
  const desk = new Desk({
    ...{ store: site.store, clock: { now: () => site.time.now, monotonic: () => 0 } },
    config: () => configOf(METERS),
    readAgain: () => undefined,
    readNow: () => Promise.resolve(undefined),
    flush: () => Promise.resolve(),
    lookedAt: (look) => {
      looked.push(look);
      return Promise.resolve();
    },
  });
  return { ...site, desk, looked };
}

it('puts an estimate in the place of a reading in doubt: as much a day as in the last month that was measured', async () => {
  const { store, add, desk, looked } = await deskAfterOctober();
  const [id = 0] = await add(read('E1', '11-11 00:00', '42.00', { standing: 'suspect', notes: ['went back'] }));
  done(await desk.settle({ id, decision: 'estimate', by: 'wang', note: 'the module was wet' }));
  expect(store.meterReadings.get(id)).toMatchObject({ standing: 'rejected' });
  const [estimate] = store.meterReadings.list({
    meter: 'E1',
    from: at('11-11 00:00'),
    to: at('11-11 00:00'),
    limit: 1,
  });
  expect(estimate).toMatchObject({ value: '141.00', quality: 'estimated', standing: 'good' });
  const note = 'replaced by 141.00, an estimate, by wang: the module was wet';
  expect(estimate?.notes.join()).toContain(note);
  expect(store.meterReadings.get(id)?.notes.join()).toContain(note);
  expect(looked).toEqual([{ meter: 'E1', believed: null, isAnew: false }]);
  expect(store.audit.list(Number.MAX_SAFE_INTEGER, 1)).toMatchObject([
    { who: 'wang', what: 'meter.settle', detail: { reading: id, decision: 'estimate', value: '141.00' } },
  ]);
});

it('lets what a meter said be rejected that has left the tables, one by one or all of it, and no more than that', async () => {
  const { store, add, desk, looked } = await deskAfterOctober();
  const doubtful = { standing: 'suspect', notes: [] } as const;
  const [id = 0] = await add(
    read('GONE', '11-11 00:00', '42.00', doubtful),
    read('GONE', '11-12 00:00', '43.00', doubtful),
  );
  const signed = { by: 'wang', note: 'taken down in October' };
  for (const decision of ['accept', 'replace', 'estimate'] as const)
    expect(await desk.settle({ id, decision, ...signed })).toMatchObject({ refusal: { code: 'unknownMeter' } });
  const idle = await desk.settle({ id, decision: 'reject', value: '1', ...signed });
  expect(idle).toMatchObject({ refusal: { code: 'badReading' } });
  expect(await desk.settleAll('GONE', 'accept', signed)).toMatchObject({ refusal: { code: 'unknownMeter' } });
  expect(await desk.settleAll('NEVER', 'reject', signed)).toMatchObject({ refusal: { code: 'unknownMeter' } });
  done(await desk.settle({ id, decision: 'reject', ...signed }));
  expect(await desk.settleAll('GONE', 'reject', signed)).toBe(1);
  expect(store.meterReadings.suspectsOf('GONE', 10)).toEqual([]);
  expect(looked).toEqual([]);
});

it('puts nothing in the place of a reading that does not fit those around it, unless somebody says that it is right', async () => {
  const { store, add, desk } = await deskAfterOctober();
  const [id = 0] = await add(read('E1', '12-01 00:00', '0.00', { standing: 'suspect', notes: [] }));
  const asked = { id, decision: 'replace', value: '999999', by: 'wang', note: 'read on site' } as const;
  expect(await desk.settle(asked)).toMatchObject({ refusal: { code: 'implausible' } });
  expect(store.meterReadings.get(id)).toMatchObject({ standing: 'suspect' });
  done(await desk.settle({ ...asked, confirmed: true }));
  expect(store.meterReadings.get(id)).toMatchObject({ standing: 'rejected' });
});
