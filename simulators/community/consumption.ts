/** What meters have to count: a load that wobbles, and water that runs. */
import type { Contacts } from '../devices/contacts.ts';
import type { Meter } from '../devices/meter.ts';
import type { Random } from '../random.ts';
import type { Process } from './process.ts';
import type { Supply } from './supply.ts';

export interface Load {
  readonly meter: Meter;
  /** What it takes on average, in W. */
  readonly meanW: number;
  /** The meter's reading when the simulation starts, in kWh. */
  readonly importKWh: number;
  readonly supply: Supply;
  readonly random: Random;
  /** Whether the genset carries it when the mains fail. */
  readonly backedUp: boolean;
}

const EVERY_MS = 1_000;
const WAVE_MS = 600_000;
const POWER_FACTOR = 0.95;

/** Sets the meter's quantities once a second; its energy is the integral of its power. */
export function createLoad({ meter, meanW, importKWh, supply, random, backedUp }: Load): Process {
  const phase = 2 * Math.PI * random();
  let energyKWh = importKWh;
  let powerW = 0;
  let measuredAt: number | undefined;
  const voltages = (): readonly [number, number, number] => {
    if (supply.present || !backedUp) return supply.voltagesV;
    return supply.genset.onLoad === 'generator' ? [230, 230, 230] : [0, 0, 0];
  };

  return {
    advance(now) {
      const ms = now - (measuredAt ?? now - EVERY_MS);
      if (ms < EVERY_MS) return;
      energyKWh += measuredAt === undefined ? 0 : (powerW * ms) / 3.6e9;
      measuredAt = now;
      const [l1, l2, l3] = voltages();
      const wave = 1 + 0.3 * Math.sin((2 * Math.PI * now) / WAVE_MS + phase) + 0.06 * (2 * random() - 1);
      powerW = l1 > 0 ? meanW * wave : 0;
      const perPhaseW = powerW / meter.phases;
      const current = (volts: number): number => (volts > 0 ? perPhaseW / (volts * POWER_FACTOR) : 0);
      meter.set({
        voltageL1V: l1,
        voltageL2V: l2,
        voltageL3V: l3,
        currentL1A: current(l1),
        currentL2A: current(l2),
        currentL3A: current(l3),
        powerL1W: perPhaseW,
        powerL2W: perPhaseW,
        powerL3W: perPhaseW,
        powerW,
        powerFactor: POWER_FACTOR,
        frequencyHz: l1 > 0 ? 50 : 0,
        importKWh: energyKWh,
        exportKWh: 0,
        totalKWh: energyKWh,
      });
    },
  };
}

/** A reed switch that closes once per unit of water, every 20 to 90 s while somebody draws some. */
export function createWaterMeters(contacts: Contacts, random: Random): Process {
  const wait = (): number => 20_000 + 70_000 * random();
  const nextAt = Array.from({ length: contacts.channels }, () => 0);
  return {
    advance(now) {
      nextAt.forEach((at, channel) => {
        if (now < at) return;
        if (at > 0) contacts.press(channel, 250, now, 10);
        nextAt[channel] = now + wait();
      });
    },
  };
}
