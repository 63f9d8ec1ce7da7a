/** Input modules that refuse for a while, as those do that are booting, and those that another model has replaced. */
import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { moxaE1210 } from '../../simulators/devices/moxa-iologik-e1210.ts';
import { EXCEPTION } from '../../simulators/modbus/device.ts';
import { portOf } from '../../simulators/testing/master.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { until } from '../testing/programs.ts';
import { busOn, createSite } from '../testing/site.ts';
import { pollDevice } from './testing/polled-device.ts';

/** ioLogik E1200 Series User's Manual, appendix A: the coil that says whether the counter of input 15 runs. */
const LAST_COUNTING = 0x010f;
const PROFILE = new URL('../../config/profiles/moxa-iologik-e1210.json', import.meta.url);

it('have their counters started once they take it, and say until then that they refuse', async () => {
  const device = moxaE1210({ id: 'io', unit: 1 });
  const write = device.write?.bind(device);
  device.write = () => EXCEPTION.deviceBusy;
  const line = await startTcpServer({ devices: [device] });
  onTestFinished(() => line.close());
  const states: string[] = [];
  await pollDevice({
    ...{ port: portOf(line), type: 'modbus-tcp', replyTimeoutMs: 500, periodMs: 80 },
    sheet: JSON.parse(readFileSync(PROFILE, 'utf8')) as unknown,
    breaker: { failures: 3, firstBackoffMs: 200, maxBackoffMs: 1_000 },
    observe: ({ observation: { deviceState } }) => {
      if (deviceState) states.push(`${deviceState.state}: ${deviceState.reason}`);
    },
  });
  await until(() => states.at(-1)?.startsWith('degraded: it answers, and refuses') === true, 'the refusal to be told');
  device.write = (request, now) => write?.(request, now) ?? EXCEPTION.illegalAddress;
  await until(() => device.image.read('coil', LAST_COUNTING, 1)[0] === 1, 'its counters to be started');
  await until(() => states.at(-1) === 'online: answers', 'that to be told');
});

it('say whose alarms they cannot raise, and are heard again before what is slow would be asked for', async () => {
  const device = moxaE1210({ id: 'io', unit: 1 });
  const has = device.image.has.bind(device.image);
  const line = await startTcpServer({ devices: [device] });
  onTestFinished(() => line.close());
  const site = createSite({
    buses: [busOn(line, { id: 'b', type: 'modbus-tcp', turnaroundMs: 1 })],
    equipment: [{ id: 'lift-1', nameZh: '1号电梯', kind: 'lift' }],
    devices: [
      {
        ...{ id: 'io', bus: 'b', unit: 1, profile: 'moxa-iologik-e1210' },
        inputs: [{ channel: 2, source: 'lift-1', alarm: 'lift.carAlarm' }],
      },
    ],
    poll: { alarm: 50, fast: 50, normal: 100, slow: 600_000 },
  });
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  const state = () => gateway.store.devices.get('io');
  await until(() => state()?.state === 'online', 'the module to be heard');
  device.image.has = (table, address, count) => table !== 'discrete' && has(table, address, count);
  await until(() => state()?.state === 'degraded', 'the loss to be told');
  expect(state()?.reason).toContain('the alarm contacts of lift-1');
  device.image.has = has;
  await until(() => state()?.state === 'online', 'the module to be heard again');
  expect(gateway.store.points.get('io', 'di2')?.quality).toBe('good');
});
