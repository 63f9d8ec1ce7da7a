/** What a simulated community consists of. */
import type { GateController } from '../devices/gate-controller.ts';
import type { RelayBarrier } from '../devices/relay-barrier.ts';
import type { Device } from '../modbus/device.ts';
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

/** What scenarios take hold of. */
export interface Plant {
  /** By equipment id: `lift-3-2`. */
  readonly lifts: ReadonlyMap<string, LiftContacts>;
  readonly supply: Supply;
  readonly pumps: Readonly<Record<'low' | 'mid' | 'high', BoosterPump>>;
  readonly sumpHigh: Terminal;
  readonly barriers: { readonly main: GateController; readonly north: RelayBarrier };
}

export interface Community {
  readonly lines: readonly LinePlan[];
  readonly plant: Plant;
  readonly processes: readonly Process[];
}
