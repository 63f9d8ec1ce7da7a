/** The sending side of a paced line: one transmission at a time, and no byte sooner than a wire would bring it. */
import type { Clock } from '../clock.ts';
import type { Alarms } from './alarm-clock.ts';
import type { Piece } from './faults.ts';

/** Bytes that are done are handed on this often, as an adapter's FIFO does, and at the end at once. */
const RELEASE_EVERY_MS = 10;

interface Transmission {
  readonly notBefore: number;
  readonly pieces: readonly Piece[];
  readonly byteMs: number;
}

export interface TransmitterOptions {
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly write: (bytes: Uint8Array) => void;
}

export class Transmitter {
  readonly #options: TransmitterOptions;
  /** Those whose time has come, in that order. */
  readonly #ready: Transmission[] = [];
  #sending = false;
  #freeAt = 0;

  constructor(options: TransmitterOptions) {
    this.#options = options;
  }

  /** Whether bytes are on the wire now, or wait for it to be free. */
  get busy(): boolean {
    return this.#sending;
  }

  /** Sends `pieces` from `notBefore` (monotonic milliseconds) on, or as soon after that as the wire is free. */
  send(notBefore: number, pieces: readonly Piece[], byteMs: number): void {
    if (pieces.length === 0) return;
    this.#options.alarms.around(notBefore, () => {
      this.#ready.push({ notBefore, pieces, byteMs });
      if (!this.#sending) this.#next();
    });
  }

  #next(): void {
    const next = this.#ready.shift();
    this.#sending = next !== undefined;
    if (next !== undefined) this.#transmit(next, Math.max(next.notBefore, this.#freeAt));
  }

  #transmit({ pieces: [piece, ...others], ...rest }: Transmission, from: number): void {
    if (piece === undefined) {
      this.#freeAt = from;
      this.#next();
      return;
    }
    const start = from + piece.pauseMs;
    const end = start + piece.bytes.length * rest.byteMs;
    this.#release(piece.bytes, start, rest.byteMs, () => this.#transmit({ ...rest, pieces: others }, end));
  }

  #release(bytes: Uint8Array, start: number, byteMs: number, then: () => void, released = 0): void {
    const { clock, alarms, write } = this.#options;
    const now = clock.monotonic();
    const end = start + bytes.length * byteMs;
    const done = now >= end ? bytes.length : Math.max(released, Math.floor((now - start) / byteMs));
    if (done > released) write(bytes.subarray(released, done));
    const next = Math.max(now, start) + RELEASE_EVERY_MS;
    const again = (): void => this.#release(bytes, start, byteMs, then, done);
    if (done === bytes.length) then();
    // Only the end is what a master waits for; in between nobody can tell a millisecond.
    else if (end <= next) alarms.at(end, again);
    else alarms.around(next, again);
  }
}
