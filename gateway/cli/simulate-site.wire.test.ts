/** A site that is written for simulated homes has no mistakes, and the gateway reads in it what stands on their dials. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePortOffset } from '../../simulators/testing/launch.ts';
import { runCli, startCli, type RunningCli } from './testing/run-cli.ts';

/** Beside whatever simulators somebody has running. */
const OFFSET = freePortOffset();
const BASE = `http://127.0.0.1:${15_000 + OFFSET}`;
const CONTROL = ['--control', BASE];

let simulators: RunningCli;
let folder: string;

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'gatehouse-homes-')), 'homes');
  const homes = ['--size', 'metering', '--homes', '4', '--heated-homes', '4'];
  simulators = startCli(['simulate', ...homes, '--no-pty', '--port-offset', String(OFFSET)]);
  await simulators.says('ready');
});

afterAll(async () => {
  simulators.child.kill('SIGKILL');
  await simulators.ended;
});

it('has every meter of every home, and no mistakes; one that counts in GJ is billed in GJ', async () => {
  const { code, stdout } = await runCli(['simulate', 'site', folder, ...CONTROL]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('24 meters. Next: scripts/gatehouse run')]);
  expect(readFileSync(join(folder, 'meters.csv'), 'utf8').trim().split('\n')).toHaveLength(1 + 24);
  const check = await runCli(['check', join(folder, 'site.yaml')]);
  expect(check.stdout).toContain('24 meters of 4 homes');
  expect(check.code).toBe(0);
});

it.each([
  ['electricity by DL/T 645', 'e-1-1-102', 'importEnergy', '1-0:1.8.0'],
  ['heat by M-Bus, whose number a meter of another maker has too', 'h-1-1-101', 'heatEnergy', '6-0:1.0.0'],
  ['heat by M-Bus in GJ', 'h-1-1-201', 'heatEnergy', '6-0:1.0.0'],
  ['hot water by M-Bus', 'hw-1-1-101', 'volume', '9-0:1.0.0'],
  ['heat by CJ/T 188 of 2018', 'h-1-1-202', 'heatEnergy', '6-0:1.0.0'],
  ['reclaimed water by CJ/T 188', 'rw-1-1-101', 'volume', '8-0:1.0.0'],
])('reads what the dial of a meter shows: %s', async (_, id, point, obis) => {
  const site = ['--site', join(folder, 'site.yaml')];
  const { stdout } = await runCli(['read', id, ...site, '--points', point, '--json']);
  const { readings } = JSON.parse(stdout) as { readings: { exact: string }[] };
  const answer = await fetch(`${BASE}/devices/${id}/dial`);
  const { dial } = (await answer.json()) as { dial: Record<string, string> };
  const sinceThen = Number(dial[obis]) - Number(readings[0]?.exact);
  expect(sinceThen).toBeGreaterThanOrEqual(0);
  expect(sinceThen).toBeLessThan(0.05);
});

it('is not written over one that is there', async () => {
  const { code, stderr } = await runCli(['simulate', 'site', folder, ...CONTROL]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('is there already')]);
  expect(existsSync(join(folder, 'site.yaml'))).toBe(true);
});
