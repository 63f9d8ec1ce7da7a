/** `run --simulated-time` beside the simulators as they are: the gateway's readings are of their time. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { freePortOffset, launchSimulators } from '../../../simulators/testing/launch.ts';
import { freePort } from '../../testing/programs.ts';
import { runCli, startCli } from '../testing/run-cli.ts';

it('takes the time of the simulators for the time, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-time-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const homes = ['--size', 'metering', '--homes', '1', '--no-pty', '--start', '2031-10-31T22:00:00', '--speed', '60'];
  const simulators = await launchSimulators(['--root', folder, '--port-offset', String(freePortOffset()), ...homes]);
  onTestFinished(() => simulators.stop());
  const site = join(folder, 'site', 'site.yaml');
  await runCli(['simulate', 'site', join(folder, 'site'), '--control', simulators.control]);
  const port = await freePort();
  writeFileSync(site, `${readFileSync(site, 'utf8')}\nbroker: { port: 0 }\napi: { port: ${port} }\n`);

  const { child, says } = startCli(['run', site, '--simulated-time', simulators.control]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await says('is running');
  await says('the time is not the time');
  const api = `http://127.0.0.1:${port}/api/v1`;
  const health: unknown = await (await fetch(`${api}/health`)).json();
  const words = expect.stringContaining('60 times as fast') as string;
  expect(health).toMatchObject({
    checks: expect.arrayContaining([{ name: 'time', status: 'degraded', words }]) as object,
  });
  const reading = await vi.waitFor(
    async () => {
      const answer = await fetch(`${api}/meters/e-1-1-101/readings?from=2031-10-31T00:00:00Z`);
      const { items } = (await answer.json()) as { items: { at: string }[] };
      return items[0]?.at ?? expect.fail('nothing was read yet');
    },
    { timeout: 15_000, interval: 200 },
  );
  expect(reading).toMatch(/^2031-10-31T1[45]:/);
});

it('refuses any time but that of a trial on this machine', async () => {
  const { code, stderr } = await runCli(['run', '--simulated-time', 'http://192.0.2.1:15000']);
  expect(code).toBe(2);
  expect(stderr).toContain('Simulators on this machine');
  const nobody = await runCli(['run', '--simulated-time', 'http://127.0.0.1:1']);
  expect(nobody.code).toBe(1);
  expect(nobody.stderr).toContain('no simulators tell the time at http://127.0.0.1:1');
});
