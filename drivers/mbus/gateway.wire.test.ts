/** A gateway that polls M-Bus meters of one line, by either address, over a level converter that echoes. */
import { expect, it, onTestFinished } from 'vitest';
import { createSite } from '../../gateway/testing/site.ts';
import { until } from '../../gateway/testing/programs.ts';
import { startSlaves } from './testing/slave-server.ts';
import type { SimulatedSlave } from './testing/slaves.ts';

/** 8888 kWh, kept 8208 on 2012-12-31; 70.21 °C. The second telegram has the meter's clock. */
const HEAT: SimulatedSlave = {
  primary: 5,
  id: '11112222',
  medium: '04',
  mute: true,
  telegrams: ['04 06 b8220000 02 59 6d1b 1f', '44 06 10200000 42 6c 9f1c 04 6d 0b2b 9d1c'],
};
const COLD: SimulatedSlave = {
  primary: 0,
  id: '29999999',
  status: '04',
  telegrams: ['0c 13 11000000 1f', '4c 13 22000000'],
};
const HOT: SimulatedSlave = { primary: 0, id: '97979797', medium: '06', telegrams: ['0c 13 33000000'] };
const ALL = [HEAT, COLD, HOT];

interface PointsPage {
  readonly items: readonly {
    readonly point: string;
    readonly value: unknown;
    readonly quality: string;
    readonly reason?: string;
  }[];
}

async function polled(slaves: readonly SimulatedSlave[]) {
  const server = await startSlaves(slaves, { echo: true });
  onTestFinished(server.close);
  const bus = { id: 'b', type: 'tcp-serial', host: '127.0.0.1', port: server.port, baud: 38400, format: '8E1' };
  const site = createSite({
    buses: [{ ...bus, replyTimeoutMs: 300, breaker: { failures: 1, firstBackoffMs: 200, maxBackoffMs: 400 } }],
    devices: [
      { id: 'heat', bus: 'b', address: '5/11112222', profile: 'mbus-heat' },
      { id: 'cold', bus: 'b', address: '29999999', profile: 'mbus-cold-water' },
      { id: 'hot', bus: 'b', address: '97979797-KAM-01-06', profile: 'mbus-hot-water' },
      { id: 'gone', bus: 'b', address: '9', profile: 'mbus-gas' },
    ],
    poll: { slow: 600 },
  });
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  const get = async (path: string): Promise<unknown> => (await fetch(`${gateway.apiUrl}/api/v1/${path}`)).json();
  const values = async (device: string): Promise<Record<string, unknown>> => {
    const { items } = (await get(`devices/${device}/points`)) as PointsPage;
    return Object.fromEntries(items.map(({ point, value, quality }) => [point, quality === 'good' ? value : quality]));
  };
  return { server, values };
}

it('reads all of them again and again, one that does not acknowledge a reset and two by secondary address', async () => {
  const { server, values } = await polled(ALL);
  await until(() => server.requests.length > 40, 'some rounds', 20_000);
  // On a machine that has much to do an answer may be late, and the meter rests for a moment.
  const settled = { timeout: 10_000 };
  await expect
    .poll(() => values('heat'), settled)
    .toMatchObject({
      heatEnergy: 8888,
      settlementHeatEnergy1: 8208,
      supplyTemperature: 70.21,
      meterNumber: '11112222',
      batteryLow: false,
      volume: 'bad',
    });
  await expect.poll(() => values('cold'), settled).toMatchObject({ volume: 0.011, batteryLow: true });
  await expect.poll(() => values('hot'), settled).toMatchObject({ volume: 0.033, meterNumber: '97979797' });
  expect(await values('gone')).toMatchObject({ volume: 'bad' });
});
