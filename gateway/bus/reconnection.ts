/** When a line is connected to again: for ever, and the more seldom the longer it is of no use. Pure; times are monotonic milliseconds. */

const FIRST_MS = 250;
const MAX_MS = 30_000;
/** A connection that has lasted so long was a good one, also where nobody has answered over it. */
const GOOD_MS = 5_000;

export class Reconnection {
  /** Since a connection was of use: an open one alone says nothing, where device servers that are full take it and close it. */
  #attempts = 0;
  #openedAt: number | null = null;
  #count = 0;

  /** How often there has been another attempt. */
  get count(): number {
    return this.#count;
  }

  opened(now: number): void {
    this.#openedAt = now;
  }

  /** Somebody has answered. */
  wasOfUse(): void {
    this.#attempts = 0;
  }

  lost(now: number): void {
    if (this.#openedAt !== null && now - this.#openedAt >= GOOD_MS) this.#attempts = 0;
    this.#openedAt = null;
  }

  /** How long to wait before the next attempt. `random` in [0, 1) parts those who lost theirs together. */
  pauseMs(random: number): number {
    const window = Math.min(MAX_MS, FIRST_MS * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#count += 1;
    return window * (0.5 + random / 2);
  }
}
