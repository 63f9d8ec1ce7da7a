/** `alarms --follow` as a guard sees it, beside a real gateway with its own broker. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { moxaE1210 } from '../../simulators/devices/moxa-iologik-e1210.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { serverPort } from '../end-to-end/testing/server-port.ts';
import type { Gateway } from '../main.ts';
import { busOn, createSite } from '../testing/site.ts';
import { runCli, startCli, type RunningCli } from './testing/run-cli.ts';

const CHANNEL = 3;

async function liftSite() {
  const module = moxaE1210({ id: 'io', unit: 1 });
  const line = await startTcpServer({ devices: [module] });
  onTestFinished(() => line.close());
  const inputs = [{ channel: CHANNEL, source: 'lift-1', alarm: 'lift.carAlarm' }];
  const site = createSite({
    buses: [busOn(line, { id: 'lifts', type: 'modbus-tcp' })],
    equipment: [{ id: 'lift-1', nameZh: '1号梯', kind: 'lift' }],
    devices: [{ id: 'io', bus: 'lifts', unit: 1, profile: 'moxa-iologik-e1210', inputs }],
    poll: { alarm: 50 },
    broker: { port: await serverPort() },
  });
  onTestFinished(() => rmSync(site.folder, { recursive: true }));
  return { site, press: () => module.contacts.press(CHANNEL, 3_000, performance.now()) };
}

/** It ends with the test at the latest. */
function follow(siteFile: string): RunningCli {
  const running = startCli(['alarms', '--follow', '--site', siteFile]);
  onTestFinished(async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  });
  return running;
}

describe('gatehouse alarms --follow', () => {
  it('shows what happens, how alarms stand, and whether that can be trusted', async () => {
    const { site, press } = await liftSite();
    let gateway: Gateway = await site.start();
    onTestFinished(() => gateway.stop());
    const first = follow(site.siteFile);
    await first.says('✓ 数据可信 data can be trusted: 0 alarms not normal, event 0\n');
    press();
    await first.says('▲ P1 轿厢报警  1号梯 (lift-1)  raised');
    await first.says('▽ P1 轿厢报警  1号梯 (lift-1)  no longer active; to be acknowledged and reset\n');

    await gateway.stop();
    await first.says('✗ 数据不可信 data cannot be trusted: 未连接 there is no connection to the broker\n');
    gateway = await site.start();
    await first.says('✓ 数据可信 data can be trusted: 1 alarm not normal');
    const second = follow(site.siteFile);
    await second.says('data can be trusted: 1 alarm not normal');
    expect(second.stdout()).toMatch(
      /▲ P1 轿厢报警 {2}1号梯 \(lift-1\) {2}stands since .*; to be acknowledged and reset\n$/,
    );
    expect(first.stdout().split(' raised')).toHaveLength(2);

    first.child.kill('SIGUSR1');
    await first.says('stands since');
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);
  });

  it('does not go on where there is no site file and no site is named', async () => {
    const nowhere = join(import.meta.dirname, 'no-site.yaml');
    const { code, stderr } = await runCli(['alarms', '--follow', '--site', nowhere]);
    expect(stderr).toContain('no-site.yaml');
    expect(code).toBe(1);
  });
});
