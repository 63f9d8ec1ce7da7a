/** `check` on the example site, and on copies of it with mistakes. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, runCli } from './testing/run-cli.ts';

let folder: string;
let site: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-check-'));
  for (const name of ['site.yaml', 'alarms.yaml', 'profiles']) {
    cpSync(join(ROOT, 'config', name), join(folder, name), { recursive: true });
  }
  site = join(folder, 'site.yaml');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Replaces the first place where `what` stands; returns its line, counted from 1. */
function edit(what: string, by: string): number {
  const text = readFileSync(site, 'utf8');
  expect(text).toContain(what);
  writeFileSync(site, text.replace(what, by));
  return text.slice(0, text.indexOf(what)).split('\n').length;
}

describe('gatehouse check', () => {
  it('finds nothing wrong with the example site, and says how busy each bus is', async () => {
    const { code, stdout } = await runCli(['check']);
    expect(stdout).toMatch(/^meters-1 +var\/sim\/meters-1 9600 8N1 +5 +[\d.]+ +\d+ ms +[\d.]+ % +[█░]+$/m);
    expect(stdout).toContain('no mistakes in config/site.yaml: 25 devices on 12 buses');
    expect(code).toBe(0);
  });

  it('prints every mistake with its file, line and column, and what would be right', async () => {
    const key = edit('nameZh: 东苑小区', 'nameZH: 东苑小区');
    const profile = edit('profile: moxa-iologik-e1210', 'profile: moxa-iologik-e121');
    const { code, stdout } = await runCli(['check', site]);
    expect(stdout).toContain(`${site}:${key}:3: error: unknown key "nameZH"\n    hint: did you mean "nameZh"?\n`);
    expect(stdout).toMatch(
      new RegExp(`^${site}:${profile}:\\d+: error: there is no profile "moxa-iologik-e121"$`, 'm'),
    );
    expect(stdout).toContain('    hint: did you mean "moxa-iologik-e1210"?\n');
    expect(stdout).toMatch(/✗ .*site\.yaml: 3 errors/);
    expect(code).toBe(1);
  });

  it('lets warnings pass unless it is told to be strict', async () => {
    edit('  alarm: 500\n', '  alarm: 270\n');
    const relaxed = await runCli(['check', site]);
    expect(relaxed.stdout).toContain('warning: ');
    expect(relaxed.code).toBe(0);
    expect((await runCli(['check', site, '--strict'])).code).toBe(1);
  });

  it('says the same as JSON', async () => {
    const good = await runCli(['check', site, '--json']);
    expect(JSON.parse(good.stdout)).toMatchObject({ ok: true, mistakes: [], buses: { length: 12 } });
    const line = edit('unit: 7', 'unit: 248');
    const bad = await runCli(['check', site, '--json']);
    const report = JSON.parse(bad.stdout) as { ok: boolean; mistakes: unknown[]; buses: unknown[] };
    expect(report).toMatchObject({ ok: false, mistakes: [{ file: site, line, severity: 'error' }], buses: [] });
    expect([good.code, bad.code]).toEqual([0, 1]);
  });

  it('finds a name from the folder that the caller stands in', async () => {
    const env = { GATEHOUSE_FROM: folder };
    expect((await runCli(['check', 'site.yaml'], { env })).code).toBe(0);
    const { code, stdout } = await runCli(['check', 'sight.yaml'], { env });
    expect(stdout).toContain(`${join(folder, 'sight.yaml')}:1:1: error: there is no such file`);
    expect(code).toBe(1);
  });
});
