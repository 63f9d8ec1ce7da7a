/** What a changed configuration means for an armed home of a running gateway. */
import { expect, it, onTestFinished } from 'vitest';
import { moxaE1210 } from '../simulators/devices/moxa-iologik-e1210.ts';
import { startTcpServer } from '../simulators/wire/tcp-server.ts';
import { until } from './testing/programs.ts';
import { busOn, createSite, type SiteSketch } from './testing/site.ts';

it('stays armed when its delays change, and is disarmed when it has no zones any more', async () => {
  const module = moxaE1210({ id: 'io', unit: 1 });
  const line = await startTcpServer({ devices: [module] });
  onTestFinished(() => line.close());
  const sketch = (security: object | null): SiteSketch => ({
    buses: [busOn(line, { id: 'flat', type: 'modbus-tcp' })],
    equipment: [{ id: 'flat', nameZh: '1201', kind: 'home', ...(security && { security }) }],
    devices: [{ id: 'io', bus: 'flat', unit: 1, profile: 'moxa-iologik-e1210' }],
    poll: { alarm: 100 },
  });
  const zones = [{ id: 'door', nameZh: '门', kind: 'delayed', device: 'io', channel: 0 }];
  const site = createSite(sketch({ exitS: 0, zones }));
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  const { homes, store } = gateway;
  const mode = () => homes.show('flat')?.state.mode;
  await until(() => homes.show('flat')?.state.zones.get('door')?.level === 'closed', 'the door to be read');
  await homes.arm('flat', { by: 'li', mode: 'away', force: false });

  site.write(sketch({ exitS: 0, entryS: 7, zones }));
  await gateway.reload();
  expect(mode()).toBe('away');
  module.contacts.set(0, true, performance.now());
  const began = await until(
    () => store.events.list({ domain: 'home', limit: 1 }).find(({ type }) => type === 'entryBegan'),
    'the entry',
  );
  expect(began.data).toEqual({ zone: 'door', entryS: 7, why: 'tripped' });

  site.write(sketch(null));
  await gateway.reload();
  expect(homes.show('flat')).toBeUndefined();
  await until(() => store.homes.list()[0]?.mode === 'disarmed', 'the home to be disarmed');
  const [disarmed] = store.events.list({ domain: 'home', limit: 1 });
  expect(disarmed).toMatchObject({ type: 'disarmed', data: { by: 'configuration', entered: ['door'] } });
  expect(store.alarms.get('flat--home-intrusion--door')?.active ?? false).toBe(false);
});
