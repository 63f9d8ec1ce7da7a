/** Bounds the connections of one address, and of all together, so that nobody can use up the box's sockets. */
import type { Socket } from 'node:net';
import type { Refusals } from './refusals.ts';

export interface ConnectionLimits {
  readonly perAddress: number;
  readonly total: number;
}

export class ConnectionCap {
  readonly #limits: ConnectionLimits;
  readonly #refusals: Refusals;
  readonly #open = new Map<string, number>();
  #total = 0;

  constructor(limits: ConnectionLimits, refusals: Refusals) {
    this.#limits = limits;
    this.#refusals = refusals;
  }

  /** Counts `socket` until it closes. False: there are too many, and it was closed. */
  admit(socket: Socket): boolean {
    const address = (socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
    const open = this.#open.get(address) ?? 0;
    if (open >= this.#limits.perAddress || this.#total >= this.#limits.total) {
      this.#refusals.connections += 1;
      socket.destroy();
      return false;
    }
    this.#open.set(address, open + 1);
    this.#total += 1;
    socket.once('close', () => this.#closed(address));
    return true;
  }

  #closed(address: string): void {
    const open = (this.#open.get(address) ?? 1) - 1;
    if (open === 0) this.#open.delete(address);
    else this.#open.set(address, open);
    this.#total -= 1;
  }
}
