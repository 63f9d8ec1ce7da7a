/** Cuts the requests of one protocol out of the bytes on a line. It keeps what may still become one. */
import type { FrameEnd } from './line-device.ts';

export interface FrameScan {
  readonly frames: readonly Uint8Array[];
  /** What may still become a frame. */
  readonly rest: Uint8Array;
  /** Bytes that belong to no frame. */
  readonly discarded: number;
}

/** Every frame in `bytes`, one after the other; what is none is passed over byte by byte. */
export function scanFrames(bytes: Uint8Array, frameEnd: FrameEnd): FrameScan {
  const frames: Uint8Array[] = [];
  let discarded = 0;
  let start = 0;
  while (start < bytes.length) {
    const end = frameEnd(bytes, start);
    if (end === 'incomplete') break;
    if (end === undefined) {
      discarded++;
      start++;
    } else {
      frames.push(bytes.slice(start, end));
      start = end;
    }
  }
  return { frames, rest: bytes.slice(start), discarded };
}

export class FrameFinder {
  /** Bytes so far that belonged to frames. */
  understood = 0;
  readonly #frameEnd: FrameEnd;
  readonly #idleMs: number;
  #rest: Uint8Array = new Uint8Array();
  #heardUntil = 0;

  /** A longer silence than `idleMs` ends what was incomplete. */
  constructor(frameEnd: FrameEnd, idleMs: number) {
    this.#frameEnd = frameEnd;
    this.#idleMs = idleMs;
  }

  /** Bytes that may still become a frame. */
  get pending(): number {
    return this.#rest.length;
  }

  /** `from` and `until`: when the bytes are on the wire, in monotonic milliseconds. */
  hear(bytes: Uint8Array, from: number, until = from): readonly Uint8Array[] {
    if (from - this.#heardUntil > this.#idleMs) this.#rest = new Uint8Array();
    this.#heardUntil = until;
    const { frames, rest } = scanFrames(Uint8Array.of(...this.#rest, ...bytes), this.#frameEnd);
    this.#rest = rest;
    for (const frame of frames) this.understood += frame.length;
    return frames;
  }
}
