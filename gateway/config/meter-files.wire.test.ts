/** Tables of meters on disk, changed while a gateway watches them. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { diff } from './diff.ts';
import type { Loaded } from './load.ts';
import { METERED_DRIVERS, MeteredSite } from './testing/metered-site.ts';
import { ConfigurationWatch } from './watch.ts';

let site: MeteredSite;
let watch: ConfigurationWatch;
let before: Loaded;
let seen: Loaded[];

beforeEach(async () => {
  site = new MeteredSite();
  seen = [];
  before = await site.load();
  watch = new ConfigurationWatch({
    ...{ siteFile: site.siteFile, drivers: METERED_DRIVERS, loaded: before },
    onLoaded: (next) => void seen.push(next),
  });
  watch.start();
  await watch.reload();
});
afterEach(async () => {
  await watch.close();
  site.remove();
});

async function reported(count: number): Promise<Loaded | undefined> {
  await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(count), { timeout: 15_000, interval: 20 });
  return seen.at(-1);
}

describe('a running gateway hears of', () => {
  it('a meter that moves to another address: its own device is new, and no other', async () => {
    site.edit('billed.csv', 'electricity,east,1,', 'electricity,east,11,');
    const loaded = await reported(1);
    if (!before.ok || !loaded?.ok) throw new Error('not loaded');
    const { devices, buses, meters } = diff(before.config, loaded.config);
    expect(devices).toEqual({ added: [], removed: [], changed: ['E-1201'] });
    expect([...buses.changed, ...meters.changed]).toEqual([]);
  });

  it('a home that is renamed, and of a mistake, which changes nothing until it is mended', async () => {
    site.edit('homes.csv', '单元,1202', '单元,');
    expect(await reported(1)).toMatchObject({ ok: false, mistakes: [{ message: '"room" is missing' }] });
    site.edit('homes.csv', '单元,,', '单元,1203,');
    const loaded = await reported(2);
    expect(loaded?.ok && loaded.config.registry.homes.get('3-1-1202')?.room).toBe('1203');
  });
});
