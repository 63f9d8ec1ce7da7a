/** A valve of a meter that is polled once an hour: its point shows what a command has made of it, and not what it was before. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { coldWaterMeter } from '../../simulators/cjt188/meters.ts';
import { nothing } from '../../simulators/metering/drawn.ts';
import { timeFrom } from '../../simulators/testing/meter-time.ts';
import type { Line } from '../../simulators/wire/line.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import type { Gateway } from '../main.ts';
import { until } from '../testing/programs.ts';
import { busOn, createSite } from '../testing/site.ts';

const time = timeFrom('2026-11-22T12:00:00');
let line: Line;
let gateway: Gateway;

function meter(id: string, address: string, isStuck: boolean) {
  const model = { valve: { control: 0x04, motorMs: 50, isStuck }, replyDelayMs: 5 } as const;
  return coldWaterMeter({ id, time, drawn: nothing, address, model });
}

beforeAll(async () => {
  const devices = [meter('good', '00201510270588', false), meter('stuck', '00201510270577', true)];
  line = await startSerialLine({ devices, baud: 2_400, format: '8E1', paced: false });
  const meters = devices.map(({ id, address }) => ({ id, bus: 'b', address, profile: 'quick-valve' }));
  const bus = busOn(line, { id: 'b', type: 'tcp-serial', baud: 115_200, replyTimeoutMs: 300 });
  const site = createSite({ buses: [bus], devices: meters, poll: { slow: 3_600_000, rare: 3_600_000 } });
  const shipped = readFileSync(join(site.folder, 'profiles/cjt188-cold-water-valve.json'), 'utf8');
  const quick = shipped.replace('"id": "cjt188-cold-water-valve"', '"id": "quick-valve"').replace('10000', '100');
  writeFileSync(join(site.folder, 'profiles/quick-valve.json'), quick);
  gateway = await site.start();
  await until(() => [valve('good'), valve('stuck')].every((value) => value === 'open'), 'both valves to be read');
});

afterAll(async () => {
  await gateway.stop();
  await line.close();
});

const valve = (device: string) => gateway.store.points.get(device, 'valve')?.value;

it.each([
  ['good', 'closed'],
  ['stuck', 'abnormal'],
])('of the %s meter is told as %s soon after it was to be closed', async (device, expected) => {
  const action = { device, action: 'closeValve', by: 'li', via: 'api', confirmed: true } as const;
  expect(await gateway.submitCommand(action)).toMatchObject({ ok: true });
  await until(() => valve(device) === expected, `${device} to be ${expected}`);
});
