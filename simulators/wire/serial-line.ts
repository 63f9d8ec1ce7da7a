/**
 * An RS-485 line with several devices, of one protocol or of several, paced at their baud rates, behind a TCP port: a
 * transparent device server. With `pty` it is also a serial port of this machine.
 *
 * The line takes it that the master speaks to each device at that device's rate: request and reply take the time that they
 * take there. With `mindsRate` a device on a pseudo-terminal hears nothing of what is sent at another rate. What cannot be
 * had: the rate of a master on TCP, which has none; its parity, which a pseudo-terminal does not keep; and the garbage that
 * is heard at a wrong rate, in either direction: here there is silence.
 */
import type { Socket } from 'node:net';
import { onSerialLine } from '../modbus/rtu-device.ts';
import { AlarmClock, type Alarms } from './alarm-clock.ts';
import { disturbed, type Timed } from './collide.ts';
import { Endpoint } from './endpoint.ts';
import { isOn, merge, type Piece } from './faults.ts';
import { LineBehaviour, type Line, type LineAddress, type LineOptions, type Member } from './line.ts';
import type { LineDevice, SerialSettings } from './line-device.ts';
import { Listeners, type Request, type Said } from './listeners.ts';
import { Pty } from './pty.ts';
import { Transmitter } from './transmitter.ts';
import { byteTimeMs, silenceMs, type SerialFormat } from './wire-time.ts';

export interface SerialLineOptions extends LineOptions {
  readonly devices: readonly Member[];
  /** Of the devices that have none of their own. Default 9600. */
  readonly baud?: number;
  /** Default 8N1. */
  readonly format?: SerialFormat;
  /** With `pty`: devices hear only what is sent at their rate. Asking for it takes some ms of each request. Default false. */
  readonly mindsRate?: boolean;
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
  /** Null where it is not known, undefined while it is being asked for. */
  baud: number | null | undefined;
}

/** How soon it is looked again whether the rate is known. */
const ASK_AGAIN_MS = 2;

class SerialLine implements Line {
  readonly id: string;
  readonly devices: readonly Member[];
  readonly behaviour: LineBehaviour;
  readonly #alarms: Alarms;
  /** What else ends with the line. */
  readonly #afterwards: () => Promise<void>;
  readonly #serial: SerialSettings;
  readonly #paced: boolean;
  readonly #mindsRate: boolean;
  /** Of a byte that is heard, before it is known who it is for: at the rate of the fastest. */
  readonly #byteMs: number;
  readonly #transmitter: Transmitter;
  readonly #listeners: Listeners;
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
    this.#serial = { baud, format };
    this.#paced = paced;
    this.#mindsRate = options.mindsRate === true;
    const members = options.devices.map(onSerialLine);
    this.#listeners = new Listeners(members);
    const rates = members.map((device) => this.#byteMsOf(device));
    this.#byteMs = rates.length > 0 ? Math.min(...rates) : 0;
    this.#endpoint = new Endpoint(options.port ?? 0, (socket) => this.#connect(socket));
    this.#transmitter = new Transmitter({
      clock: this.behaviour.clock,
      alarms,
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
    if (isOn(behaviour.faults.halfOpen)) return;
    const now = behaviour.clock.monotonic();
    if (this.#transmitter.busy) behaviour.statistics.overlaps++;
    const from = Math.max(now, this.#heardUntil);
    const until = from + bytes.length * this.#byteMs;
    this.#heardUntil = until;
    if (isOn(behaviour.faults.echo)) this.#transmitter.send(from, [{ pauseMs: 0, bytes }], this.#byteMs);
    const heard: Heard = { bytes, from, until, baud: null };
    this.#onWire.push(heard);
    if (this.#mindsRate && this.#pty !== undefined) {
      heard.baud = undefined;
      void this.#pty.rate().then((baud) => (heard.baud = baud));
    }
    if (until - now > BUFFER_MS) {
      socket.pause();
      this.#alarms.around(until - BUFFER_MS, () => socket.resume());
    }
    this.#alarms.around(until, () => this.#understand());
  }

  /** Takes the oldest bytes on the wire, whichever alarm has rung: they never overtake each other. */
  #understand(): void {
    const [heard] = this.#onWire;
    if (heard === undefined) return;
    const { bytes, from, until, baud } = heard;
    if (baud === undefined) {
      this.#alarms.around(this.behaviour.clock.monotonic() + ASK_AGAIN_MS, () => this.#understand());
      return;
    }
    this.#onWire.shift();
    const hears = (device: LineDevice): boolean => baud === null || baud === (device.serial ?? this.#serial).baud;
    for (const request of this.#listeners.hear(bytes, from, until)) this.#serve({ ...request, hears }, until);
    this.behaviour.statistics.discardedBytes = this.#listeners.discarded;
  }

  #serve(request: HeardRequest, heardAt: number): void {
    const { statistics, clock } = this.behaviour;
    const { said, addressed, broadcast } = this.#listeners.ask(request, clock.monotonic(), request.hears);
    statistics.requests += addressed;
    if (broadcast) statistics.broadcasts++;
    else if (addressed === 0) statistics.unknownUnits++;
    if (said.length > 1) statistics.collisions++;
    const replies = said.map((each) => this.#reply(each, request, heardAt));
    const [only] = replies;
    if (only !== undefined && replies.length === 1) this.#deliver(only);
    else this.#deliverTogether(replies);
  }

  #reply(said: Said, request: Request, heardAt: number): Timed {
    const { device, reply } = said;
    const delivery = this.behaviour.deliver(device.id, reply.frame, {
      checksumAt: (frame) => request.protocol.checksumAt(frame),
      distort: (frame, fault) => request.protocol.distort(frame, fault),
      foreign: () => this.#listeners.foreignReply(request, said, this.behaviour.clock.monotonic()),
    });
    const byteMs = this.#byteMsOf(device);
    const { baud, format } = device.serial ?? this.#serial;
    // A device knows that the request is over only from the silence after it, and a slow one hears it for longer.
    const silence = this.#paced ? silenceMs(baud, format) : 0;
    const slower = (byteMs - this.#byteMs) * request.frame.length;
    return { delivery, byteMs, at: heardAt + slower + Math.max(silence, reply.delayMs) + delivery.delayMs };
  }

  #byteMsOf({ serial }: LineDevice): number {
    const { baud, format } = serial ?? this.#serial;
    return this.#paced ? byteTimeMs(baud, format) : 0;
  }

  #deliver({ delivery, at, byteMs }: Timed): void {
    const together = merge(this.#held, delivery.pieces);
    this.#held = delivery.hold ? together : [];
    if (delivery.hold) return;
    if (delivery.disconnect) this.#alarms.around(at, () => this.#master?.destroy());
    else this.#transmitter.send(at, together, byteMs);
  }

  /** Replies that are disturbed are neither merged nor kept from coming by a disconnection. */
  #deliverTogether(replies: readonly Timed[]): void {
    const { baud, format } = this.#serial;
    for (const { at, bytes, byteMs } of disturbed(replies, byteTimeMs(baud, format), this.behaviour.random)) {
      this.#transmitter.send(at, [{ pauseMs: 0, bytes }], byteMs);
    }
  }
}

interface HeardRequest extends Request {
  /** Whether that device hears it at all. */
  readonly hears: (device: LineDevice) => boolean;
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
