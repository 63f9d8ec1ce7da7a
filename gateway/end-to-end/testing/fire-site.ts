/** Two barriers on a serial line, and a fire alarm controller's contacts on an input module, as simulated devices and a site. */
import { onTestFinished } from 'vitest';
import { gateController } from '../../../simulators/devices/gate-controller.ts';
import { moxaE1210 } from '../../../simulators/devices/moxa-iologik-e1210.ts';
import { relayBarrier } from '../../../simulators/devices/relay-barrier.ts';
import { startSerialLine } from '../../../simulators/wire/serial-line.ts';
import { startTcpServer } from '../../../simulators/wire/tcp-server.ts';
import { until } from '../../testing/programs.ts';
import { busOn, type SiteSketch } from '../../testing/site.ts';
import { newSite } from './site.ts';

export const FIRE = 'fire-1--fire-alarm';
export const BOTH = [
  { device: 'main', action: 'open' },
  { device: 'north', action: 'open' },
];

export async function fireSite(fireRelease: Readonly<Record<string, unknown>> = {}) {
  const module = moxaE1210({ id: 'io', unit: 1 });
  const inputs = await startTcpServer({ devices: [module] });
  onTestFinished(() => inputs.close());
  const main = gateController({ id: 'main', unit: 7, travelMs: 400 });
  const north = relayBarrier({ id: 'north', unit: 8, travelMs: 400 });
  const line = await startSerialLine({ devices: [main, north], paced: false });
  onTestFinished(() => line.close());
  const barriers = { id: 'barriers', type: 'tcp-serial', baud: 115_200, turnaroundMs: 2, replyTimeoutMs: 150 };
  const sketch = (settings: Readonly<Record<string, unknown>>): SiteSketch => ({
    buses: [
      busOn(inputs, { id: 'inputs', type: 'modbus-tcp' }),
      busOn(line, { ...barriers, breaker: { firstBackoffMs: 200, maxBackoffMs: 400 } }),
    ],
    equipment: [
      { id: 'fire-1', nameZh: '一区', kind: 'fire' },
      { id: 'fire-2', nameZh: '二区', kind: 'fire' },
    ],
    devices: [
      {
        ...{ id: 'io', bus: 'inputs', unit: 1, profile: 'moxa-iologik-e1210' },
        inputs: [
          { channel: 0, source: 'fire-1', alarm: 'fire.alarm' },
          { channel: 1, source: 'fire-2', alarm: 'fire.alarm' },
        ],
        alarms: { 'fire.alarm': { offDelayMs: 0 } },
      },
      { id: 'main', bus: 'barriers', unit: 7, profile: 'gate-controller' },
      { id: 'north', bus: 'barriers', unit: 8, profile: 'relay-barrier' },
    ],
    poll: { alarm: 100, fast: 500, normal: 500, slow: 500 },
    fireRelease: { confirmWithinS: 5, targets: BOTH, ...settings },
  });
  const site = newSite(sketch(fireRelease));
  /** The contact of a zone closes or opens. */
  const fire = (isOn: boolean, zone: 1 | 2 = 1): void => module.contacts.set(zone - 1, isOn, performance.now());
  const isOpen = (...arms: readonly { readonly arm: { readonly state: string } }[]) =>
    until(() => arms.every(({ arm }) => arm.state === 'open'), 'the barriers to be open');
  const rewrite = (settings: Readonly<Record<string, unknown>>): void => site.write(sketch(settings));
  return { site, rewrite, line, main, north, fire, isOpen };
}
