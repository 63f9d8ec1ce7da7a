/** What a meter kept, beside what a real store has of it already. */
import { expect, it, onTestFinished } from 'vitest';
import type { NewMeterReading } from '../../store/rows.ts';
import { openTestStore, storeFile } from '../../store/testing/fixtures.ts';
import { midnightOnTheFirst } from '../rules/period.ts';
import { at, meter, read, ZONE } from '../rules/testing/on-paper.ts';
import { frozenSeen } from './kept-by-meter.ts';
import type { PlacedRegister } from './registers.ts';

const METER = meter('1', { installedAt: '2026-01-01T00:00:00', initial: '0.00' });
const PLACED: PlacedRegister = {
  ...{ meter: METER, device: '1', point: 'importEnergy', unit: 'kWh', pulses: null, frozen: new Map() },
  ...{ clock: null, points: [] },
};
const SETTLEMENT = { kind: 'settlement', ago: 1 } as const;
/** The gateway's clock, and what the meter says that it kept of midnight. */
const NOW = at('11-20 12:00');
const KEPT = { point: 'kept', value: 100, exact: '100.00', quality: 'good', at: NOW } as const;
const SEEN = { ...KEPT, meterTime: '2026-11-01T00:00:00' };

async function storeWith(rows: readonly NewMeterReading[]) {
  const store = await openTestStore(storeFile());
  onTestFinished(() => store.close());
  await store.write('addMeterReadings', rows, { at: NOW, who: 'test', what: 'test', detail: {} });
  return { readings: store.meterReadings, lines: [], cut: midnightOnTheFirst(ZONE), clockSlackMs: 60_000, now: NOW };
}

it('is kept once, however many readings have come since', async () => {
  const since = Array.from({ length: 12_000 }, (_, i): NewMeterReading => ({
    ...read('1', '11-01 03:00', '100.00'),
    at: at('11-01 03:00') + i * 120_000,
  }));
  const before = await storeWith(since);
  const row = frozenSeen(PLACED, SETTLEMENT, SEEN, before);
  expect(row).toMatchObject({ meter: '1', value: '100.00', quality: 'frozen', at: at('11-01 00:00') });
  if (row === null) return;
  expect(frozenSeen(PLACED, SETTLEMENT, SEEN, await storeWith([row, ...since]))).toBeNull();
});

it('of a midnight is not kept beside a reading that is near', async () => {
  const daily = { kind: 'daily', ago: 1 } as const;
  const ofToday = { ...SEEN, meterTime: '2026-11-20T00:00:00' };
  const near = await storeWith([read('1', '11-19 22:00', '99.00')]);
  expect(frozenSeen(PLACED, daily, ofToday, near)).toBeNull();
  const far = await storeWith([read('1', '11-19 21:59', '99.00')]);
  expect(frozenSeen(PLACED, daily, ofToday, far)).toMatchObject({ at: at('11-20 00:00'), quality: 'frozen' });
});

it.each([
  ['good beside less, read before the midnight of a clock that is a little behind', 5_000, '99.99', 'good'],
  ['good beside more, read after the midnight of a clock that is a little ahead', -5_000, '100.01', 'good'],
  ['suspect beside less that was read a minute later', 61_000, '99.99', 'suspect'],
  ['suspect beside more that was read a minute before', -61_000, '100.01', 'suspect'],
])('is %s', async (_, offMs, value, standing) => {
  const beside = { ...read('1', '11-01 00:00', value), at: at('11-01 00:00') + offMs };
  expect(frozenSeen(PLACED, SETTLEMENT, SEEN, await storeWith([beside]))).toMatchObject({ standing });
});

it('is not kept again once a person has rejected it, but where the meter says another value', async () => {
  const rejected = read('1', '11-01 00:00', '100.00', { quality: 'frozen', standing: 'rejected' });
  const before = await storeWith([rejected]);
  expect(frozenSeen(PLACED, SETTLEMENT, SEEN, before)).toBeNull();
  const another = { ...SEEN, value: 99.5, exact: '99.50' };
  expect(frozenSeen(PLACED, SETTLEMENT, another, before)).toMatchObject({ value: '99.50', quality: 'frozen' });
});

it('is as doubtful as what it went on to', async () => {
  const around = await storeWith([read('1', '10-20 12:00', '20.00')]);
  const doubted = { value: '130.00', at: at('11-05 00:00') };
  const lines = [{ first: { value: '110.00', at: at('11-01 01:00') }, last: doubted }];
  expect(frozenSeen(PLACED, SETTLEMENT, SEEN, around)).toMatchObject({ standing: 'good' });
  expect(frozenSeen(PLACED, SETTLEMENT, SEEN, { ...around, lines })).toMatchObject({ standing: 'suspect' });
});
