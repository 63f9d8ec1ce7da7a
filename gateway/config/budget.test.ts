import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { busBudget } from './budget.ts';
import type { SiteConfig } from './site-config.ts';
import { drivers, SiteCopy } from './testing/site-copy.ts';

let site: SiteCopy;
beforeEach(() => {
  site = new SiteCopy();
});
afterEach(() => site.remove());

async function budgetOf(bus: string) {
  const loaded = await site.load();
  if (!loaded.ok) throw new Error('not loaded');
  const config: SiteConfig = loaded.config;
  const found = config.buses.find(({ id }) => id === bus);
  if (!found) throw new Error(`no bus ${bus}`);
  return busBudget(found, config, drivers);
}

describe('the budget of a bus', () => {
  it('is the wire time of each exchange over its period', async () => {
    // 8 + 17 bytes of 1.0417 ms, 3.646 ms of silence and 20 ms to answer: 49.69 ms, every 5 s and every 60 s.
    const budget = await budgetOf('pump-room');
    expect(budget.longestExchangeMs).toBeCloseTo(49.69, 2);
    expect(budget.utilisation).toBeCloseTo(49.69 / 5_000 + 49.69 / 60_000, 5);
    expect(budget.exchangesPerSecond).toBeCloseTo(1 / 5 + 1 / 60, 6);
    expect(budget.loads.map(({ device, poll, periodMs }) => [device, poll, periodMs])).toEqual([
      ['pressure', 'normal', 5_000],
      ['pressure', 'slow', 60_000],
    ]);
  });

  it('does not count devices that are not enabled', async () => {
    const { loads } = await budgetOf('meters');
    expect(new Set(loads.map(({ device }) => device))).toEqual(new Set(['meter-1', 'meter-2']));
  });

  it('goes by the rate that a device is spoken to with', async () => {
    const before = await budgetOf('pump-room');
    site.edit('site.yaml', 'unit: 21', 'unit: 21\n    serial: { baud: 2400 }');
    const after = await budgetOf('pump-room');
    expect(after.longestExchangeMs - before.longestExchangeMs).toBeCloseTo(3 * (3.5 + 25) * (10 / 9.6), 1);
  });

  it('counts only the turnaround where bytes are free', async () => {
    const budget = await budgetOf('lifts');
    expect(budget.utilisation).toBeCloseTo(20 / 500, 6);
  });

  it('knows the longest reply of each device', async () => {
    site.edit('profiles/tiny-meter.json', '"points"', '"replyLength": 100, "points"');
    expect(await budgetOf('pump-room')).toMatchObject({ longestReplies: new Map([['pressure', 100]]) });
  });
});
