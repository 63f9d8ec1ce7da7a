/**
 * A device whose replies come more than once: through a repeater, because two have one address, or since another master asks
 * it too. A copy comes whenever it likes, so that no answer says that it will not come any more; only time does. While it is
 * suspected, nothing is therefore asked whose answer a copy of an earlier reply could be taken for.
 */
import type { ReplyScan, SurplusReplies } from '../contract.ts';
import { EXCEPTION_FLAG } from './frame-lengths.ts';
import { scanRtuReadReply } from './frame-rtu.ts';

/** How long after a reply a copy of it may come, in milliseconds. */
const COPY_MS = 3_000;
/** How long after the last surplus reply the device is suspected. */
const SUSPECTED_MS = 300_000;

export class RepeatedReplies implements SurplusReplies {
  readonly #unit: number;
  /** When a copy of the latest reply of each shape cannot come any more, Unix milliseconds. */
  readonly #copiesUntil = new Map<string, number>();
  #suspectedUntil = -Infinity;

  constructor(unit: number) {
    this.#unit = unit;
  }

  scan(received: Uint8Array): ReplyScan {
    return scanRtuReadReply(received, this.#unit);
  }

  heard(at: number): void {
    this.#suspectedUntil = at + SUSPECTED_MS;
  }

  isSuspected(now: number): boolean {
    return now < this.#suspectedUntil;
  }

  /** A read was answered with `replyLength` bytes, or refused. */
  answered(fc: number, replyLength: number | 'refusal', now: number): void {
    const shape = replyLength === 'refusal' ? `${fc | EXCEPTION_FLAG}` : `${fc} ${replyLength}`;
    this.#copiesUntil.set(shape, now + COPY_MS);
  }

  /** For how long, from `now`, a copy could be taken for the answer to a read; 0 when it could not. Milliseconds. */
  dangerMs(fc: number, replyLength: number, now: number): number {
    const shapes = [`${fc} ${replyLength}`, `${fc | EXCEPTION_FLAG}`];
    const left = shapes.map((shape) => (this.#copiesUntil.get(shape) ?? now) - now);
    // The clock may have been set back: then it says nothing.
    return Math.max(0, ...left.filter((ms) => ms <= COPY_MS));
  }
}
