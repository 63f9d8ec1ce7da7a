/** The devices of a line, by their protocols: who is shown which request, and what they make of it. */
import { FrameFinder } from './frame-finder.ts';
import type { LineDevice, LineProtocol, LineReply } from './line-device.ts';

/** A reply to one request, before anything goes wrong with it. */
export interface Said {
  readonly device: LineDevice;
  readonly reply: LineReply;
}

export interface Request {
  readonly protocol: LineProtocol;
  readonly frame: Uint8Array;
}

export interface Outcome {
  readonly said: readonly Said[];
  /** How many devices it was meant for; a broadcast is meant for none of them. */
  readonly addressed: number;
  readonly broadcast: boolean;
}

export class Listeners {
  readonly #finders: ReadonlyMap<LineProtocol, FrameFinder>;
  readonly #devices: readonly LineDevice[];
  #heard = 0;

  constructor(devices: readonly LineDevice[]) {
    this.#devices = devices;
    const protocols = new Set(devices.map(({ protocol }) => protocol));
    this.#finders = new Map([...protocols].map((each) => [each, new FrameFinder(each.requestEnd, each.idleMs)]));
  }

  /** Bytes that belonged to no request of any protocol. What one protocol still waits for may do so yet. */
  get discarded(): number {
    const finders = [...this.#finders.values()];
    if (finders.length === 0) return this.#heard;
    const understood = finders.reduce((sum, finder) => sum + finder.understood, 0);
    return Math.max(0, this.#heard - understood - Math.min(...finders.map(({ pending }) => pending)));
  }

  /** The requests that are whole with these bytes. */
  hear(bytes: Uint8Array, from: number, until: number): readonly Request[] {
    this.#heard += bytes.length;
    return [...this.#finders].flatMap(([protocol, finder]) =>
      finder.hear(bytes, from, until).map((frame) => ({ protocol, frame })),
    );
  }

  /** Shows it to every device of its protocol that `hears` it. */
  ask({ protocol, frame }: Request, now: number, hears: (device: LineDevice) => boolean = () => true): Outcome {
    const said: Said[] = [];
    let addressed = 0;
    let broadcast = false;
    for (const device of this.#devices) {
      if (device.protocol !== protocol || !hears(device)) continue;
      const answer = device.answer(frame, now);
      if (answer === 'broadcast') broadcast = true;
      else if (answer !== 'foreign') addressed++;
      if (typeof answer === 'object') said.push({ device, reply: answer });
    }
    return { said, addressed, broadcast };
  }

  /** What another device of the protocol says to the same question. */
  foreignReply({ protocol, frame }: Request, { device, reply }: Said, now: number): Uint8Array {
    const neighbour = this.#devices.find((each) => each.protocol === protocol && each.address !== device.address);
    const answer = neighbour?.answer(protocol.readdress(frame, neighbour.address), now);
    return typeof answer === 'object' ? answer.frame : protocol.distort(reply.frame, 'wrongUnit');
  }
}
