/** What a simulated community consists of. */
import type { GateController } from '../devices/gate-controller.ts';
import type { RelayBarrier } from '../devices/relay-barrier.ts';
import type { Device } from '../modbus/device.ts';
import type { MovableTime } from '../metering/community-time.ts';
import type { Faults } from '../wire/faults.ts';
import type { SerialSettings } from '../wire/line-device.ts';
import type { Member } from '../wire/line.ts';
import type { BoosterPump } from './booster-pump.ts';
import type { Process, Terminal } from './process.ts';
import type { Supply } from './supply.ts';

interface SerialPlan {
  readonly id: string;
  readonly devices: readonly Member[];
  /** Of the devices that have none of their own. Default 9600 8N1. */
  readonly serial?: SerialSettings;
  /** From the start; of the whole line. */
  readonly faults?: Faults;
  /** From the start, by device. */
  readonly deviceFaults?: Readonly<Record<string, Faults>>;
}

/** Every home has these. */
export type HomeUtility = 'electricity' | 'coldWater' | 'gas';
/** Some have these besides. */
export type HeatingUtility = 'heat' | 'hotWater' | 'reclaimedWater';

/** A meter of a home, as an office has it in its list. */
export interface HomeMeter {
  /** Of the device. */
  readonly id: string;
  /** `3-1-1201`: building, unit, room. */
  readonly home: string;
  readonly utility: HomeUtility | HeatingUtility;
  readonly line: string;
  readonly protocol: string;
  /** As printed. */
  readonly address: string;
  /** What its dial counts in, and its digits before and behind the point. */
  readonly unit: 'kWh' | 'GJ' | 'm3';
  readonly digits: number;
  readonly decimals: number;
  /** What it showed when it was installed. */
  readonly initial: string;
  /** Local time. */
  readonly installedAt: string;
  /** What is wrong with it; null: nothing. */
  readonly trouble: string | null;
}

/** One bus. */
export type LinePlan =
  | { readonly id: string; readonly type: 'modbus-tcp'; readonly port: number; readonly devices: readonly Device[] }
  | (SerialPlan & { readonly type: 'tcp-serial'; readonly port: number })
  /** A pseudo-terminal at `var/sim/<id>`. */
  | (SerialPlan & { readonly type: 'serial' });

export interface LiftContacts {
  readonly alarm: Terminal;
  readonly fault: Terminal;
}

/** Of one building. */
export interface FireContacts {
  /** The fire alarm controller closes it. */
  readonly alarm: Terminal;
  readonly areDoorsReleased: () => boolean;
}

/** What scenarios take hold of. */
export interface Plant {
  /** By equipment id: `lift-3-2`. */
  readonly lifts: ReadonlyMap<string, LiftContacts>;
  readonly supply: Supply;
  readonly pumps: Readonly<Record<'low' | 'mid' | 'high', BoosterPump>>;
  readonly sumpHigh: Terminal;
  readonly barriers: { readonly main: GateController; readonly north: RelayBarrier };
  /** By building. */
  readonly fires: ReadonlyMap<number, FireContacts>;
  /** Flat 1201 of building 3. `key`: closed while it is turned to armed. */
  readonly flat: Readonly<Record<'door' | 'hall' | 'window' | 'button' | 'gas' | 'cover' | 'key', Terminal>>;
}

export interface Community {
  readonly lines: readonly LinePlan[];
  readonly plant: Plant;
  readonly processes: readonly Process[];
  /** Meters of homes, which live in `time`. */
  readonly meters?: readonly HomeMeter[];
  readonly time?: MovableTime;
}
