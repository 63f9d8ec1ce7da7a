/** A site that is written for simulated homes has no mistakes, and the gateway reads in it what stands on their dials. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli, startCli, type RunningCli } from './testing/run-cli.ts';

/** Beside whatever simulators somebody has running. */
const OFFSET = 23_000 + (process.pid % 1_000);
const BASE = `http://127.0.0.1:${15_000 + OFFSET}`;
const CONTROL = ['--control', BASE];

let simulators: RunningCli;
let folder: string;

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'gatehouse-homes-')), 'homes');
  const homes = ['--size', 'metering', '--homes', '4'];
  simulators = startCli(['simulate', ...homes, '--no-pty', '--port-offset', String(OFFSET)]);
  await simulators.says('ready');
});

afterAll(async () => {
  simulators.child.kill('SIGKILL');
  await simulators.ended;
});

it('has every meter of every home, and no mistakes', async () => {
  const { code, stdout } = await runCli(['simulate', 'site', folder, ...CONTROL]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('12 meters. Next: scripts/gatehouse run')]);
  expect(readFileSync(join(folder, 'meters.csv'), 'utf8').trim().split('\n')).toHaveLength(13);
  const check = await runCli(['check', join(folder, 'site.yaml')]);
  expect(check.stdout).toContain('12 meters of 4 homes');
  expect(check.code).toBe(0);
});

it('reads what the dial of a meter shows', async () => {
  const read = await runCli([
    'read',
    'e-1-1-102',
    '--site',
    join(folder, 'site.yaml'),
    '--points',
    'importEnergy',
    '--json',
  ]);
  const { readings } = JSON.parse(read.stdout) as { readings: { exact: string }[] };
  const answer = await fetch(`${BASE}/devices/e-1-1-102/dial`);
  const { dial } = (await answer.json()) as { dial: Record<string, string> };
  expect(Number(dial['1-0:1.8.0']) - Number(readings[0]?.exact)).toBeLessThan(0.05);
});

it('is not written over one that is there', async () => {
  const { code, stderr } = await runCli(['simulate', 'site', folder, ...CONTROL]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('is there already')]);
  expect(existsSync(join(folder, 'site.yaml'))).toBe(true);
});
