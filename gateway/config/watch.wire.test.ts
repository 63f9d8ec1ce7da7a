/** Real files, changed as editors, copies and operators change them. */
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfiguration, type Loaded } from './load.ts';
import { drivers, SiteCopy } from './testing/site-copy.ts';
import { ConfigurationWatch } from './watch.ts';

let site: SiteCopy;
let watch: ConfigurationWatch | undefined;
let seen: Loaded[];

beforeEach(() => {
  site = new SiteCopy();
  seen = [];
});
afterEach(async () => {
  await watch?.close();
  site.remove();
});

async function start(siteFile = site.siteFile): Promise<void> {
  const loaded = await loadConfiguration(siteFile, drivers);
  watch = new ConfigurationWatch({ siteFile, drivers, loaded, onLoaded: (next) => void seen.push(next) });
  watch.start();
  await watch.reload();
}

/** Waits until so many loads have been reported; the last of them. */
async function reported(count: number): Promise<Loaded | undefined> {
  await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(count), { timeout: 15_000, interval: 20 });
  return seen.at(-1);
}

const SLOWER = ['{ normal: 5000 }', '{ normal: 7000 }'] as const;

function periodOf(loaded: Loaded | undefined): number | undefined {
  return loaded?.ok ? loaded.config.devices.find(({ id }) => id === 'pressure')?.poll?.normal : undefined;
}

describe('a changed file is reported', () => {
  it('when it is written in place', async () => {
    await start();
    site.edit('site.yaml', ...SLOWER);
    expect(periodOf(await reported(1))).toBe(7000);
  });

  it('when another file is renamed over it, more than once', async () => {
    await start();
    for (const [count, period] of [7000, 8000, 9000].entries()) {
      writeFileSync(join(site.folder, 'site.new'), site.read('site.yaml').replace(/normal: \d+/, `normal: ${period}`));
      renameSync(join(site.folder, 'site.new'), site.siteFile);
      expect(periodOf(await reported(count + 1))).toBe(period);
    }
  });

  it('when it is a device list, a profile or the alarm rules', async () => {
    await start();
    site.edit('meters.csv', '一号表', '甲号表');
    await reported(1);
    site.edit('profiles/tiny-meter.json', '"功率"', '"有功功率"');
    await reported(2);
    site.edit('rules.yaml', 'onDelayMs: 10000', 'onDelayMs: 9000');
    expect((await reported(3))?.ok).toBe(true);
  });

  it('when a profile is added', async () => {
    await start();
    site.write('profiles/tiny-new.json', site.read('profiles/tiny-meter.json').replace('tiny-meter', 'tiny-new'));
    const loaded = await reported(1);
    expect(loaded?.ok && [...loaded.config.profiles.keys()]).toContain('tiny-new');
  });

  it('when the folder of profiles was deleted and made again', async () => {
    await start();
    const copy = join(site.folder, 'profiles.copy');
    cpSync(join(site.folder, 'profiles'), copy, { recursive: true });
    rmSync(join(site.folder, 'profiles'), { recursive: true });
    expect((await reported(1))?.ok).toBe(false);
    mkdirSync(join(site.folder, 'profiles'));
    cpSync(copy, join(site.folder, 'profiles'), { recursive: true });
    await vi.waitFor(() => expect(seen.at(-1)?.ok).toBe(true), { timeout: 15_000, interval: 20 });
    const before = seen.length;
    site.edit('profiles/tiny-meter.json', '"功率"', '"有功功率"');
    await reported(before + 1);
  });

  it('when it is reached through a link', async () => {
    const elsewhere = join(site.folder, 'etc');
    mkdirSync(elsewhere);
    const link = join(elsewhere, 'site.yaml');
    for (const name of ['site.yaml', 'rules.yaml', 'meters.csv', 'profiles']) {
      symlinkSync(join(site.folder, name), join(elsewhere, name));
    }
    await start(link);
    site.edit('site.yaml', ...SLOWER);
    expect(periodOf(await reported(1))).toBe(7000);
  });

  it('when the site file names a file in another folder, and that changes', async () => {
    await start();
    mkdirSync(join(site.folder, 'lists'));
    renameSync(join(site.folder, 'meters.csv'), join(site.folder, 'lists', 'meters.csv'));
    site.edit('site.yaml', '[meters.csv]', '[lists/meters.csv]');
    await vi.waitFor(() => expect(seen.at(-1)?.ok).toBe(true), { timeout: 15_000, interval: 20 });
    const before = seen.length;
    site.edit('lists/meters.csv', '一号表', '甲号表');
    await reported(before + 1);
  });

  it('when it changed between the first reading and the watch', async () => {
    const loaded = await loadConfiguration(site.siteFile, drivers);
    site.edit('site.yaml', ...SLOWER);
    watch = new ConfigurationWatch({
      siteFile: site.siteFile,
      drivers,
      loaded,
      onLoaded: (next) => void seen.push(next),
    });
    watch.start();
    expect(periodOf(await reported(1))).toBe(7000);
  });
});

describe('what is reported', () => {
  it('says why, when the new content is bad, and the good one again once it is mended', async () => {
    await start();
    const good = site.read('site.yaml');
    site.edit('site.yaml', 'unit: 21', 'unti: 21');
    const bad = await reported(1);
    expect(bad).toMatchObject({ ok: false, mistakes: [{ line: 33 }, { line: 35, hint: 'did you mean "unit"?' }] });
    site.write('site.yaml', good);
    expect((await reported(2))?.ok).toBe(true);
  });

  it('is nothing where a file is touched, or written again as it was', async () => {
    await start();
    site.write('site.yaml', site.read('site.yaml'));
    site.write('unrelated.txt', 'x');
    await watch?.reload();
    site.edit('site.yaml', ...SLOWER);
    await reported(1);
    expect(seen).toHaveLength(1);
  });

  it('never comes twice at a time, and not after close', async () => {
    let running = 0;
    let most = 0;
    const loaded = await site.load();
    const reports: Loaded[] = [];
    watch = new ConfigurationWatch({
      siteFile: site.siteFile,
      drivers,
      loaded,
      onLoaded: async (next) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running -= 1;
        reports.push(next);
      },
    });
    const closing = watch;
    await Promise.all(
      [7000, 8000, 9000].map(async (period) => {
        site.write('site.yaml', site.read('site.yaml').replace(/normal: \d+/, `normal: ${period}`));
        await closing.reload();
      }),
    );
    await closing.close();
    expect(most).toBe(1);
    const count = reports.length;
    site.edit('site.yaml', 'normal: 9000', 'normal: 9500');
    await closing.reload();
    expect(reports).toHaveLength(count);
  });
});
