/** What a serial line and a Modbus TCP server have in common. */
import { systemClock, type Clock } from '../clock.ts';
import type { Device } from '../modbus/device.ts';
import { answer } from '../modbus/answer.ts';
import type { Reply } from '../modbus/seal.ts';
import { createRandom, seedFor, type Random } from '../random.ts';
import { misbehave, type Delivery, type Faults, type Misbehaviour } from './faults.ts';

export interface LineStatistics {
  requests: number;
  /** Requests to a unit that is not there. */
  unknownUnits: number;
  broadcasts: number;
  /** Bytes that belonged to no request. Serial only. */
  discardedBytes: number;
  /** Times that the master spoke while a reply was on the wire. On a real line both are lost. Serial only. */
  overlaps: number;
}

/** Where a master finds the line. */
export type LineAddress = { readonly path: string } | { readonly host: '127.0.0.1'; readonly port: number };

export interface Line {
  readonly id: string;
  readonly type: 'serial' | 'tcp-serial' | 'modbus-tcp';
  readonly address: LineAddress;
  readonly devices: readonly Device[];
  readonly behaviour: LineBehaviour;
  readonly plugged: boolean;
  /** The port or the pseudo-terminal goes away. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  close(): Promise<void>;
}

export interface LineOptions {
  readonly devices: readonly Device[];
  readonly id?: string;
  readonly clock?: Clock;
  readonly seed?: number;
  readonly faults?: Faults;
}

/** The devices of one line, what goes wrong on it, and what has happened on it. */
export class LineBehaviour {
  readonly clock: Clock;
  readonly statistics: LineStatistics = {
    requests: 0,
    unknownUnits: 0,
    broadcasts: 0,
    discardedBytes: 0,
    overlaps: 0,
  };
  faults: Faults;
  readonly #devices: readonly Device[];
  readonly #deviceFaults = new Map<string, Faults>();
  readonly #random: Random;

  constructor({ devices, id = '', clock = systemClock, seed = 1, faults = {} }: LineOptions) {
    this.clock = clock;
    this.faults = faults;
    this.#devices = devices;
    this.#random = createRandom(seedFor(seed, id));
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
    return this.#random() < chance;
  }

  /** Every device carries it out and none answers: MODBUS over Serial Line V1.02, 2.1. */
  broadcast(pdu: Uint8Array): void {
    this.statistics.broadcasts++;
    const now = this.clock.monotonic();
    for (const device of this.#devices) {
      if (device.rules.ignoresBroadcast === true) continue;
      device.advance(now);
      answer(device, pdu, now);
    }
  }

  find(unit: number): Device | undefined {
    const device = this.#devices.find((each) => each.unit === unit);
    if (device === undefined) this.statistics.unknownUnits++;
    return device;
  }

  /** What `device` answers to `request`, and what becomes of it on the way. */
  serve(device: Device, request: Reply, wire: Pick<Misbehaviour, 'seal' | 'checksum'>): Delivery {
    const now = this.clock.monotonic();
    this.statistics.requests++;
    device.advance(now);
    return misbehave(
      { ...request, pdu: answer(device, request.pdu, now) },
      {
        ...wire,
        faults: { ...this.faults, ...this.deviceFaults(device.id) },
        random: this.#random,
        foreign: () => this.#foreignReply(device, request, now),
      },
    );
  }

  /** Of a neighbour, or of a unit that would be one. It only reads: a neighbour does not carry out what it was not asked. */
  #foreignReply(device: Device, request: Reply, now: number): Reply {
    const neighbour = this.#devices.find((each) => each.unit !== device.unit);
    const reads = (request.pdu[0] ?? 0) <= 0x04;
    const asked = reads ? request.pdu : Uint8Array.of(0x03, 0, 0, 0, 1);
    const unit = neighbour?.unit ?? (device.unit % 247) + 1;
    return { ...request, unit, pdu: answer(neighbour ?? device, asked, now) };
  }
}
