/**
 * An RS-485 line with several devices, paced at its baud rate, behind a TCP port: a transparent device server. With
 * `pty` it is also a serial port of this machine.
 */
import type { Socket } from 'node:net';
import { RtuRequests, type RtuRequest } from '../modbus/rtu-requests.ts';
import { sealRtu } from '../modbus/seal.ts';
import { AlarmClock, type Alarms } from './alarm-clock.ts';
import { Endpoint } from './endpoint.ts';
import { merge, type Piece } from './faults.ts';
import { LineBehaviour, type Line, type LineAddress, type LineOptions } from './line.ts';
import { Pty } from './pty.ts';
import { Transmitter } from './transmitter.ts';
import { byteTimeMs, silenceMs, type SerialFormat } from './wire-time.ts';

export interface SerialLineOptions extends LineOptions {
  /** Default 9600. */
  readonly baud?: number;
  /** Default 8N1. */
  readonly format?: SerialFormat;
  /** False: bytes take no time. Default true. */
  readonly paced?: boolean;
  /** TCP port; 0, the default: any free one. */
  readonly port?: number;
  /** Where a pseudo-terminal is to stand. */
  readonly pty?: string;
  /** Shared by the lines of one process; without it the line has its own. */
  readonly alarms?: Alarms;
  readonly announce?: (line: string) => void;
}

/** What a device server takes in advance. A master that sends faster than the wire is held back by its connection. */
const BUFFER_MS = 1_000;

/** What the master has sent, and when it is on the wire, in monotonic milliseconds. */
interface Heard {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly until: number;
}

class SerialLine implements Line {
  readonly id: string;
  readonly devices: LineOptions['devices'];
  readonly behaviour: LineBehaviour;
  readonly #alarms: Alarms;
  /** What else ends with the line. */
  readonly #afterwards: () => Promise<void>;
  readonly #byteMs: number;
  readonly #silenceMs: number;
  readonly #transmitter: Transmitter;
  readonly #requests = new RtuRequests();
  readonly #endpoint: Endpoint;
  #pty: Pty | undefined;
  #master: Socket | undefined;
  /** When the last byte that the master has sent is through on the wire. */
  #heardUntil = 0;
  readonly #onWire: Heard[] = [];
  #held: readonly Piece[] = [];

  constructor(options: SerialLineOptions, alarms: Alarms, afterwards: () => Promise<void>) {
    const { id = 'serial-line', baud = 9600, format = '8N1', paced = true } = options;
    this.id = id;
    this.devices = options.devices;
    this.behaviour = new LineBehaviour(options);
    this.#alarms = alarms;
    this.#afterwards = afterwards;
    this.#byteMs = paced ? byteTimeMs(baud, format) : 0;
    this.#silenceMs = paced ? silenceMs(baud, format) : 0;
    this.#endpoint = new Endpoint(options.port ?? 0, (socket) => this.#connect(socket));
    this.#transmitter = new Transmitter({
      clock: this.behaviour.clock,
      alarms,
      byteMs: this.#byteMs,
      write: (bytes) => {
        if (this.#master?.writable === true) this.#master.write(bytes);
      },
    });
  }

  get type(): Line['type'] {
    return this.#pty === undefined ? 'tcp-serial' : 'serial';
  }

  get address(): LineAddress {
    return this.#pty === undefined ? { host: '127.0.0.1', port: this.#endpoint.port } : { path: this.#pty.path };
  }

  get plugged(): boolean {
    return this.#pty?.plugged ?? this.#endpoint.isOpen;
  }

  async open(pty: string | undefined, announce: SerialLineOptions['announce']): Promise<void> {
    await this.#endpoint.open();
    if (pty === undefined) return;
    this.#pty = new Pty(pty, this.#endpoint.port, announce);
    await this.#pty.plug();
  }

  unplug(): Promise<void> {
    return this.#pty?.unplug() ?? this.#endpoint.close();
  }

  plug(): Promise<void> {
    return this.#pty?.plug() ?? this.#endpoint.open();
  }

  async close(): Promise<void> {
    await this.#pty?.unplug();
    await this.#endpoint.close();
    await this.#afterwards();
  }

  /** A device server has one master: the newest connection takes the line over from one that may be dead. */
  #connect(socket: Socket): void {
    this.#master?.destroy();
    this.#master = socket;
    socket.on('data', (bytes) => this.#hear(socket, bytes));
  }

  #hear(socket: Socket, bytes: Buffer): void {
    const { behaviour } = this;
    if (behaviour.faults.halfOpen === true) return;
    const now = behaviour.clock.monotonic();
    if (this.#transmitter.busy) behaviour.statistics.overlaps++;
    const from = Math.max(now, this.#heardUntil);
    const until = from + bytes.length * this.#byteMs;
    this.#heardUntil = until;
    const { echo } = behaviour.faults;
    if (echo !== undefined && behaviour.hit(echo)) this.#transmitter.send(from, [{ pauseMs: 0, bytes }]);
    this.#onWire.push({ bytes, from, until });
    if (until - now > BUFFER_MS) {
      socket.pause();
      this.#alarms.around(until - BUFFER_MS, () => socket.resume());
    }
    this.#alarms.around(until, () => this.#understand());
  }

  /** Takes the oldest bytes on the wire, whichever alarm has rung: they never overtake each other. */
  #understand(): void {
    const heard = this.#onWire.shift();
    if (heard === undefined) return;
    const { bytes, from, until } = heard;
    for (const request of this.#requests.hear(bytes, from, until)) this.#serve(request, until);
    this.behaviour.statistics.discardedBytes = this.#requests.discarded;
  }

  #serve({ unit, pdu }: RtuRequest, heardAt: number): void {
    if (unit === 0) {
      this.behaviour.broadcast(pdu);
      return;
    }
    const device = this.behaviour.find(unit);
    if (device === undefined) return;
    const request = { unit, pdu, transaction: 0 };
    const delivery = this.behaviour.serve(device, request, { seal: sealRtu, checksum: true });
    // A device knows that the request is over only from the silence after it.
    const at = heardAt + Math.max(this.#silenceMs, device.replyDelayMs) + delivery.delayMs;
    const together = merge(this.#held, delivery.pieces);
    this.#held = delivery.hold ? together : [];
    if (delivery.hold) return;
    if (delivery.disconnect) this.#alarms.around(at, () => this.#master?.destroy());
    else this.#transmitter.send(at, together);
  }
}

/** Opens the line's port, and its pseudo-terminal. Rejects where the port is taken or socat is missing. */
export async function startSerialLine(options: SerialLineOptions): Promise<Line> {
  if (options.alarms !== undefined) return open(options, options.alarms, () => Promise.resolve());
  const own = await AlarmClock.start();
  return open(options, own, () => own.close());
}

async function open(options: SerialLineOptions, alarms: Alarms, afterwards: () => Promise<void>): Promise<Line> {
  const line = new SerialLine(options, alarms, afterwards);
  try {
    await line.open(options.pty, options.announce);
  } catch (error) {
    await line.close();
    throw error;
  }
  return line;
}
