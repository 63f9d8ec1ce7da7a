/** What a person decides, a clock that is set back, a restart: what of a doubt is left, with a real store. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Seen } from '../../ingest/device-task.ts';
import { openTestStore, storeFile } from '../../store/testing/fixtures.ts';
import type { Store } from '../../store/store.ts';
import { configOf } from '../billing/testing/billing-site.ts';
import { Desk } from '../desk/desk.ts';
import { at, meter } from '../rules/testing/on-paper.ts';
import type { Meter } from '../model.ts';
import { Collection } from './collection.ts';

const HOUR = 3_600_000;
const BEGIN = at('11-01 00:00');
const PLACE = { device: 'm1', point: 'importEnergy', pulseWeight: null };

/** A meter that is polled when the test says so. It begins with 100.00. */
async function world(differs: Partial<Meter> = {}) {
  const METER = meter('E1', { place: PLACE, initial: '100.00', installedAt: '2026-10-31T23:00:00', ...differs });
  const store = await openTestStore(storeFile());
  onTestFinished(() => store.close());
  const config = configOf([METER]);
  const time = { now: BEGIN };
  const clock = { now: () => time.now, monotonic: () => 0 };
  const asked = { count: 0 };
  const readAgain = (): void => void (asked.count += 1);
  const start = (): Collection => new Collection(config, { store, clock, readAgain });
  const state = { collection: start() };
  const desk = new Desk({
    ...{ store, clock, config: () => config, readAgain, flush: () => Promise.resolve() },
    readNow: () => Promise.resolve(undefined),
    lookedAt: async (look) => {
      const row = state.collection.lookedAt(look);
      if (row) await store.write('lookedAtMeter', row, look.isAnew);
    },
  });
  const once = async (value: number): Promise<string> => {
    const reading = { point: PLACE.point, value, exact: value.toFixed(2), quality: 'good', at: time.now } as const;
    const seen = { device: 'm1', seen: [reading], pulses: [], observation: { device: 'm1' } } as unknown as Seen;
    const { observation } = state.collection.take(seen);
    await store.write('observe', [observation], time.now);
    return observation.meterReadings?.[0]?.standing ?? 'none';
  };
  return {
    ...{ store, desk, time },
    /** What becomes of a value, asked for again where that is wanted. */
    poll: async (value: number, hours: number): Promise<string> => {
      time.now = BEGIN + hours * HOUR;
      const before = asked.count;
      const first = await once(value);
      return asked.count > before ? once(value) : first;
    },
    restart: (): void => {
      state.collection = start();
    },
  };
}

const BY = { by: 'Li', note: 'seen on site' };

function idsInDoubt(store: Store): number[] {
  return store.meterReadings.suspectsOf('E1', 100).map(({ id }) => id);
}

describe('what is held', () => {
  it.each([0, 2])('is believed when a person has believed one of it: that with the index %i', async (index) => {
    const { store, desk, poll } = await world();
    expect([await poll(3_100, 1), await poll(3_101, 2), await poll(3_150, 60)]).toEqual([
      'suspect',
      'suspect',
      'suspect',
    ]);
    await desk.settle({ id: idsInDoubt(store)[index] ?? 0, decision: 'accept', ...BY });
    expect(await poll(3_151, 61)).toBe('good');
  });

  it('is held still when a person has believed something else', async () => {
    const { store, desk, poll, restart } = await world();
    expect([await poll(0, 0.5), await poll(3_100, 1), await poll(3_101, 2)]).toEqual(['suspect', 'suspect', 'suspect']);
    await desk.settle({ id: idsInDoubt(store)[0] ?? 0, decision: 'replace', value: '100.20', ...BY });
    restart();
    expect([await poll(3_101, 100), await poll(103, 101)]).toEqual(['suspect', 'good']);
  });

  it.each([
    ['accept', 98, undefined],
    ['replace', 3_100, '100.30'],
    ['enter', 0, '90.00'],
  ] as const)('is held still, days later, when a person has done something else: %s', async (decision, value, by) => {
    const { store, desk, poll, restart } = await world();
    const said = [await poll(98, 0.5), await poll(3_100, 1), await poll(3_100.3, 2), await poll(3_101, 48), await poll(3_101.5, 60)];
    expect(said).toEqual(Array(5).fill('suspect'));
    if (decision === 'enter') {
      const entered = { meter: 'E1', value: by, at: BEGIN - 1_000, quality: 'manual', occasion: null, confirmed: true } as const;
      await desk.enter({ ...entered, ...BY });
    } else {
      const row = store.meterReadings.suspectsOf('E1', 9).find((one) => Number(one.value) === (decision === 'accept' ? 98 : value));
      await desk.settle({ id: row?.id ?? 0, decision, value: by, ...BY });
    }
    restart();
    expect([await poll(3_102, 61), await poll(3_103, 200)]).toEqual(['suspect', 'suspect']);
  }); // prettier-ignore

  it.each(['reject', 'estimate'] as const)('is held, and told anew, when a person wants to %s it', async (decision) => {
    const { store, desk, poll, restart } = await world();
    await poll(3_100, 1);
    for (const id of idsInDoubt(store)) await desk.settle({ id, decision, value: decision === 'estimate' ? '101' : undefined, ...BY });
    expect(store.meterReadings.suspectsOf('E1', 9)).toEqual([]);
    restart();
    expect(await poll(3_100, 100)).toBe('suspect');
    restart();
    expect(await poll(3_100, 101)).toBe('suspect');
  }); // prettier-ignore

  it('gives way to the dial that a person has read', async () => {
    const { desk, poll, restart } = await world();
    expect(await poll(3_100, 1)).toBe('suspect');
    await desk.enter({ meter: 'E1', value: '3100.00', quality: 'manual', occasion: null, confirmed: true, ...BY });
    restart();
    expect(await poll(3_101, 100)).toBe('good');
  });

  it('is settled whole, however much it is', async () => {
    const { store, desk, poll } = await world();
    await poll(3_100, 1);
    const rows = Array.from({ length: 10_500 }, (_, n) => ({
      ...{ meter: 'E1', value: '3100.00', at: BEGIN + HOUR + n, quality: 'actual', standing: 'suspect' },
      ...{ occasion: null, notes: ['x'] },
    })) as Parameters<typeof store.write<'addMeterReadings'>>[1][number][];
    await store.write('addMeterReadings', rows, { at: BEGIN, who: 'test', what: 'test', detail: {} });
    expect(await desk.settleAll('E1', 'accept', BY)).toBe(10_501);
    expect(await poll(3_101, 3)).toBe('good');
  });
});

describe('a clock', () => {
  it('that is set back holds nothing', async () => {
    const { poll } = await world();
    const all = [await poll(100.1, 1), await poll(100.12, 0.99), await poll(100.2, 1.25), await poll(100.4, 2)];
    expect(all).toEqual(['good', 'good', 'good', 'good']);
  });

  it('that was a day ahead neither', async () => {
    const { poll, restart } = await world();
    expect([await poll(100.1, 25), await poll(100.3, 1)]).toEqual(['good', 'good']);
    restart();
    expect([await poll(100.5, 2), await poll(101, 30)]).toEqual(['good', 'good']);
  });

  it.each([
    ['a dial', {}, 110, 3_100],
    [
      'a counter',
      { place: { ...PLACE, pulseWeight: '0.01' }, utility: 'coldWater', unit: 'm3' } as const,
      1_000,
      5_000,
    ],
  ])('that was days behind at the start makes no jump of %s possible', async (_, differs, value, jump) => {
    const { poll, restart } = await world({ installedAt: '2026-10-01T00:00:00', ...differs });
    expect([await poll(value - 10, -80), await poll(value, 0)]).toEqual(['good', 'good']);
    restart();
    expect([await poll(value, -72), await poll(jump, 1), await poll(value + 1, 1.25)]).toEqual([
      'good',
      'suspect',
      'good',
    ]);
    expect(await poll(value + 2, 2)).toBe('good');
  });

  it('that begins in 1970 reads of no time that could be billed', async () => {
    const { poll } = await world();
    const hours = -BEGIN / HOUR;
    expect([await poll(100.6, hours), await poll(100.7, 1), await poll(101, 2)]).toEqual(['none', 'good', 'good']);
  });

  it('that is set back holds no counter', async () => {
    const { poll } = await world({ place: { ...PLACE, pulseWeight: '0.01' }, utility: 'coldWater', unit: 'm3' });
    expect([await poll(100, 1), await poll(110, 2), await poll(113, 1.9), await poll(115, 3)]).toEqual(
      Array(4).fill('good'),
    );
  });
});

describe('a dial that was read while the line of its counter was away', () => {
  const COUNTED = {
    place: { ...PLACE, pulseWeight: '0.01' },
    initial: '12.34',
    utility: 'coldWater',
    unit: 'm3',
  } as const;
  const shown = (store: Store): string[] =>
    store.meterReadings
      .list({ meter: 'E1', from: 0, to: Number.MAX_SAFE_INTEGER, limit: 10 })
      .map(({ value }) => value);

  /** Two polls, an outage from the first hour on, and in it a person at the dial. */
  async function away(value: string, confirmed = false) {
    const site = await world(COUNTED);
    await site.poll(1_000, 0);
    await site.poll(1_010, 1);
    site.time.now = BEGIN + 48 * HOUR;
    const quality = 'manual';
    const entered = { meter: 'E1', value, at: undefined, quality, occasion: null, confirmed, ...BY } as const;
    expect(await site.desk.enter(entered)).toMatchObject({ ok: true });
    return site;
  }

  it.each([false, true])('is no end of what was counted meanwhile; restarted %s', async (isRestarted) => {
    const { store, poll, restart } = await away('20.00');
    if (isRestarted) restart();
    expect([await poll(2_500, 96), await poll(2_510, 97)]).toEqual(['good', 'good']);
    expect(shown(store)).toEqual(['12.34', '12.44', '20.00', '27.34', '27.44']);
  });

  it.each<[string, string, boolean, number, string]>([
    ['is believed over a counter that has missed pulses', '30.00', false, 96, '30.00'],
    ['is believed where it corrects what was counted', '12.00', true, 96, '12.00'],
    ['is where counting begins if a count comes at once', '20.00', false, 48.1, '20.00'],
  ])('%s', async (_, value, confirmed, hours, then) => {
    const { store, poll } = await away(value, confirmed);
    await poll(2_500, hours);
    expect(shown(store).at(-1)).toBe(then);
  });
});
