/** A device whose bus cannot be connected, first for one reason and then for another. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { until } from '../testing/programs.ts';
import { createSite } from '../testing/site.ts';

it('is told for the reason that it is now, so that nobody goes to look where it was', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const site = createSite({
    buses: [{ id: 'b', type: 'modbus-tcp', host: '127.0.0.1', port }],
    devices: [{ id: 'p', bus: 'b', unit: 1, profile: 'pressure-transmitter' }],
  });
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  const told = (): string => gateway.store.devices.get('p')?.reason ?? '';
  await until(() => told().includes('the far end closed the connection'), 'the first reason');
  const since = gateway.store.devices.get('p')?.since;
  server.close();
  await until(() => told().includes('nothing listens on this port'), 'the second reason', 15_000);
  expect(gateway.store.devices.get('p')).toMatchObject({ state: 'offline', since });
  // Its points are as unknown as before: reasons that come and go would otherwise fill their history.
  const reasons = new Set(gateway.store.points.list('p').map(({ reason }) => reason));
  expect([...reasons]).toEqual([expect.stringContaining('the far end closed the connection')]);
});
