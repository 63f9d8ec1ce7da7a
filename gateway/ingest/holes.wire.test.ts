/** A device that lacks registers of its profile: the rest is read, the hole is learned, and remembered across a restart. */
import { afterEach, expect, it } from 'vitest';
import type { Device } from '../../simulators/modbus/device.ts';
import { createImage, repeat } from '../../simulators/modbus/image.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { until } from '../testing/programs.ts';
import { busOn, createSite } from '../testing/site.ts';

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

/** A SmartGen HGM4000N of a firmware that ends at register 0030H, but for the gap at 0014H. */
function oldController(): Device {
  const readable = { 0x00: repeat(230, 0x14), 0x15: repeat(50, 0x1b) };
  const image = createImage({ holding: readable, coil: { 0x00: repeat(0, 0x60) } });
  return {
    id: 'genset',
    unit: 1,
    model: 'smartgen-hgm4000n',
    image,
    rules: { functions: [1, 3] },
    replyDelayMs: 1,
    advance: () => undefined,
  };
}

/** Every read that the device has refused, as `address+count`. */
function refusalsOf(device: Device): string[] {
  const refused: string[] = [];
  const has = device.image.has.bind(device.image);
  device.image.has = (table, address, count) => {
    const there = has(table, address, count);
    if (!there) refused.push(`${address}+${count}`);
    return there;
  };
  return refused;
}

it('learns what a device does not have, reads all the rest, and starts with that the next time', async () => {
  const device = oldController();
  const refused = refusalsOf(device);
  const line = await startTcpServer({ devices: [device] });
  running.push(() => line.close());
  const site = createSite({
    buses: [busOn(line, { id: 'b', type: 'modbus-tcp', turnaroundMs: 1 })],
    devices: [{ id: 'genset', bus: 'b', unit: 1, profile: 'smartgen-hgm4000n' }],
    poll: { alarm: 100, fast: 100, normal: 100, slow: 1_000 },
  });
  const first = await site.start();
  const point = (key: string) => first.store.points.get('genset', key);
  await until(
    () => point('mainsVoltageL1')?.value === 230 && point('fuelLevel')?.value === 50,
    'the points that are there',
  );
  await until(() => point('softwareVersion')?.quality === 'bad', 'the point that is not', 20_000);
  expect(point('softwareVersion')).toMatchObject({
    value: null,
    reason: expect.stringContaining('does not have it') as string,
  });
  const suspects = () => JSON.stringify(first.store.devices.get('genset')?.knowledge).includes('"suspects":[]');
  await until(suspects, 'nothing to be in doubt', 20_000);
  expect(first.store.devices.get('genset')?.state).toBe('online');
  expect(refused.length).toBeGreaterThan(0);
  await first.stop();

  refused.length = 0;
  const second = await site.start();
  running.push(() => second.stop());
  const missing = ['48+2', '50+1', '51+1', '52+1', '53+1', '54+1', '55+1', '58+1', '59+1', '70+1', '71+1'];
  await until(() => missing.every((read) => refused.includes(read)), 'every missing point to be asked for again');
  // What is missing is asked for alone, once a second; nothing else is refused any more.
  expect(new Set(refused)).toEqual(new Set(missing));
  expect(second.store.devices.get('genset')?.state).toBe('online');
});
