/** `homes` by a real API over a real store. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGateway, type TestGateway } from '../api/testing/gateway.ts';
import { flatSite } from '../home-security/testing/flat-site.ts';
import { runCli, type CliResult } from './testing/run-cli.ts';

let gateway: TestGateway;
let address: string;

beforeEach(async () => {
  gateway = await createGateway({ config: () => flatSite() });
  address = await gateway.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => gateway.close());

const homes = (...args: readonly string[]): Promise<CliResult> => runCli(['homes', ...args, '--api', address]);

/** All zones of the flat, closed but for the window. */
function readWithWindowOpen(): void {
  const good = { quality: 'good', at: gateway.time.now } as const;
  const levels = [0, 1, 2, 3, 4].map((channel) => ({ point: `di${channel}`, value: channel === 2, ...good }));
  const seen = { io: levels, line: [{ point: 'ai0', value: 2.2, ...good }] };
  for (const [device, readings] of Object.entries(seen)) {
    gateway.engine.observe(gateway.homes.take({ device, seen: readings, pulses: [], observation: { device } }));
  }
}

it('arms and disarms a home, and shows how it stands', async () => {
  expect((await homes()).stdout).toBe('3号楼1201 (flat)  disarmed 撤防\n');
  readWithWindowOpen();
  const refused = await homes('arm', 'flat', '--by', 'li');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('not closed: window (open)')]);
  const armed = await homes('arm', 'flat', '--force', '--by', 'li');
  expect(armed.stdout).toMatch(/^✓ 3号楼1201 \(flat\) {2}armed 外出布防, exit delay until .*, without window\n$/);
  const shown = await homes('show', 'flat');
  expect(shown.stdout).toContain('\n  window (window)  instant 即时  open\n');
  expect(shown.stdout).toContain('\n  door (door)  delayed 延时  closed\n');
  expect((await homes('disarm', 'flat', '--by', 'li')).stdout).toBe('✓ 3号楼1201 (flat)  disarmed 撤防\n');
  expect(JSON.parse((await homes('--json')).stdout)).toMatchObject({
    total: 1,
    items: [{ mode: 'disarmed', by: 'li' }],
  });
});

it('says what is no home with zones', async () => {
  const { code, stderr } = await homes('show', 'flt');
  expect([code, stderr]).toEqual([1, expect.stringContaining('no home of this name has zones')]);
});
