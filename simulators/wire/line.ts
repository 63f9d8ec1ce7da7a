/** What a serial line and a Modbus TCP server have in common. */
import { systemClock, type Clock } from '../clock.ts';
import type { Device } from '../modbus/device.ts';
import { createRandom, seedFor, type Random } from '../random.ts';
import { misbehave, type Delivery, type Faults, type Wire } from './faults.ts';
import type { LineDevice } from './line-device.ts';

/** A Modbus device, which a serial line carries as RTU, or a device of any protocol of a serial line. */
export type Member = Device | LineDevice;

export interface LineStatistics {
  requests: number;
  /** Requests to a unit or an address that is not there. */
  unknownUnits: number;
  broadcasts: number;
  /** Bytes that belonged to no request. Serial only. */
  discardedBytes: number;
  /** Times that the master spoke while a reply was on the wire. On a real line both are lost. Serial only. */
  overlaps: number;
  /** Requests that several devices answered at once. Serial only. */
  collisions: number;
}

/** Where a master finds the line. */
export type LineAddress = { readonly path: string } | { readonly host: '127.0.0.1'; readonly port: number };

export interface Line {
  readonly id: string;
  readonly type: 'serial' | 'tcp-serial' | 'modbus-tcp';
  readonly address: LineAddress;
  readonly devices: readonly Member[];
  readonly behaviour: LineBehaviour;
  readonly plugged: boolean;
  /** The port or the pseudo-terminal goes away. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  close(): Promise<void>;
}

export interface LineOptions {
  readonly id?: string;
  readonly clock?: Clock;
  readonly seed?: number;
  readonly faults?: Faults;
}

/** What goes wrong on a line, and what has happened on it. */
export class LineBehaviour {
  readonly clock: Clock;
  readonly statistics: LineStatistics = {
    requests: 0,
    unknownUnits: 0,
    broadcasts: 0,
    discardedBytes: 0,
    overlaps: 0,
    collisions: 0,
  };
  faults: Faults;
  readonly #deviceFaults = new Map<string, Faults>();
  readonly random: Random;

  constructor({ id = '', clock = systemClock, seed = 1, faults = {} }: LineOptions) {
    this.clock = clock;
    this.faults = faults;
    this.random = createRandom(seedFor(seed, id));
  }

  /** They come on top of the line's own; a fault that both name is the device's. */
  setDeviceFaults(device: string, faults: Faults): void {
    this.#deviceFaults.set(device, faults);
  }

  deviceFaults(device: string): Faults {
    return this.#deviceFaults.get(device) ?? {};
  }

  /** One draw for a fault of the whole line. */
  hit(chance = 0): boolean {
    return this.random() < chance;
  }

  /** What becomes on the way of a reply that `device` gives. */
  deliver(device: string, reply: Uint8Array, wire: Wire): Delivery {
    return misbehave(reply, {
      ...wire,
      faults: { ...this.faults, ...this.deviceFaults(device) },
      random: this.random,
    });
  }
}
