/** A Moxa E1210 with the alarm buttons of sixteen lifts behind it, and what a site file says of it. */
import { onTestFinished } from 'vitest';
import { createLedger, type Ledger } from '../../../simulators/devices/ledger.ts';
import { moxaE1210 } from '../../../simulators/devices/moxa-iologik-e1210.ts';
import { startTcpServer } from '../../../simulators/wire/tcp-server.ts';
import { busOn, type SiteSketch } from '../../testing/site.ts';
import type { Random } from './chance.ts';
import { Presses } from './presses.ts';
import { readNumbers } from './stored.ts';

/** ioLogik E1200 Series User's Manual, appendix A: 32-bit counters, high word first, in the input registers from 0010h. */
const CHANNELS = 16;
const COUNTERS = 0x0010;

export interface LiftButtons {
  readonly presses: Presses;
  /** Every edge of a contact. */
  readonly ledger: Ledger;
  /** How often the module has been asked anything. */
  readonly requests: () => number;
  /** Its part of a site; `device`: what else is to be said of the module. */
  readonly sketch: (device?: Readonly<Record<string, unknown>>) => SiteSketch;
  /** Whether a store knows every counter of the module as it stands. */
  readonly hasCounted: (storeFile: string) => boolean;
}

export async function liftButtons(random: Random): Promise<LiftButtons> {
  const module = moxaE1210({ id: 'io', unit: 1 });
  const line = await startTcpServer({ devices: [module] });
  onTestFinished(() => line.close());
  const ledger = createLedger(line.behaviour.clock);
  ledger.watch(module);
  const lifts = Array.from({ length: CHANNELS }, (_, channel) => `lift-${channel}`);
  const inputs = lifts.map((source, channel) => ({ channel, source, alarm: 'lift.carAlarm' }));
  // Raised by what the module has counted alone: on a machine that is held up, a short press may look like a long one.
  const alarms = { 'lift.carAlarm': { onDelayMs: 3_600_000 } };
  return {
    presses: new Presses(module.contacts, random),
    ledger,
    requests: () => line.behaviour.statistics.requests,
    sketch: (device = {}) => ({
      buses: [busOn(line, { id: 'lifts', type: 'modbus-tcp', turnaroundMs: 4 })],
      equipment: lifts.map((id) => ({ id, nameZh: id, kind: 'lift' })),
      devices: [{ id: 'io', bus: 'lifts', unit: 1, profile: 'moxa-iologik-e1210', inputs, alarms, ...device }],
      poll: { alarm: 50, slow: 1_000 },
    }),
    hasCounted: (storeFile) => {
      const known = readNumbers(storeFile, 'io');
      const words = module.image.read('input', COUNTERS, 2 * CHANNELS);
      const counted = (n: number): number => (words[2 * n] ?? 0) * 0x1_0000 + (words[2 * n + 1] ?? 0);
      return lifts.every((_, n) => known.get(`di${n}Count`) === counted(n));
    },
  };
}
