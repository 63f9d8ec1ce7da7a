/** What a changed configuration makes of the alarms that nobody's poll decides: of silent devices and of their buses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { serialPair, until } from './testing/programs.ts';
import { createSite } from './testing/site.ts';

const OWN_SILENCE = /^ {4}- \{ type: device\.offline.*\n {4}- type: device\.offline\n(?: {6}.*\n)+/m;

/** A line on which nobody answers, with alarms that wait for nothing. */
async function silentBus() {
  const { near, cut } = await serialPair();
  onTestFinished(cut);
  const bus = { id: 'b', type: 'serial', path: near, baud: 9600, format: '8N1', replyTimeoutMs: 50 };
  const devices = ['p', 'q'].map((id, index) => ({ id, bus: 'b', unit: index + 1, profile: 'pressure-transmitter' }));
  const sketch = { buses: [bus], devices, poll: { fast: 200, normal: 200, slow: 400 } };
  const site = createSite(sketch);
  const rulesFile = join(site.folder, 'alarms.yaml');
  const rules = readFileSync(rulesFile, 'utf8').replace(/(On|Off|on|off)DelayMs: \d+/g, '$1DelayMs: 0');
  writeFileSync(rulesFile, rules);
  return { site, sketch, rules, rulesFile };
}

it('a line that has one device left is no longer silent for the silence of two', async () => {
  const { site, sketch } = await silentBus();
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  const active = (alarm: string) => gateway.store.alarms.list('all').find((row) => row.alarm === alarm)?.active;
  const all = ['p--device-offline', 'q--device-offline', 'b--bus-offline'];
  await until(() => all.every(active), 'the alarms of both devices and of their bus');
  site.write({ ...sketch, devices: sketch.devices.slice(0, 1) });
  await gateway.reload();
  await until(() => active('b--bus-offline') === false, 'the bus to be no alarm');
  expect(active('p--device-offline')).toBe(true);
});

it('a rule that is new raises an alarm of a device that has been silent for long', async () => {
  const { site, rules, rulesFile } = await silentBus();
  expect(rules).toMatch(OWN_SILENCE);
  writeFileSync(rulesFile, rules.replace(OWN_SILENCE, '    []\n'));
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  const isSilent = (device: string) => gateway.store.devices.get(device)?.state === 'offline';
  await until(() => ['p', 'q'].every(isSilent), 'both devices to be silent');
  writeFileSync(rulesFile, rules);
  await gateway.reload();
  const raised = () =>
    gateway.store.alarms.list('all').filter(({ type, active }) => type === 'device.offline' && active);
  await until(() => raised().length === 2, 'the alarms of both devices');
});
