/** Paces the draining of a backlog, so that it never crowds out what is live. Pure: the caller brings the time. */

/** A backlog drains at this multiple of the live rate … */
const TIMES_LIVE = 4;
/** … and never slower than this, per second: a quiet site must drain too. */
const FLOOR = 200;
/** How fast the estimate of the live rate forgets, in milliseconds. */
const MEMORY_MS = 60_000;

export class TokenBucket {
  #tokens = FLOOR;
  #live = 0;
  #at: number;

  /** `now`: monotonic milliseconds, here and below. */
  constructor(now: number) {
    this.#at = now;
  }

  /** `count` live rows came in. */
  sawLive(count: number, now: number): void {
    this.#advance(now);
    this.#live += (count * 1_000) / MEMORY_MS;
  }

  /** Rows per second that may be drained. */
  get rate(): number {
    return Math.max(FLOOR, TIMES_LIVE * this.#live);
  }

  /** Takes as many tokens as there are, up to `wanted`; returns how many. */
  take(wanted: number, now: number): number {
    this.#advance(now);
    const granted = Math.min(wanted, Math.floor(this.#tokens));
    this.#tokens -= granted;
    return granted;
  }

  /** Gives back what was not used. */
  giveBack(count: number): void {
    this.#tokens += count;
  }

  #advance(now: number): void {
    const elapsed = now - this.#at;
    // At most one second's worth is saved up.
    this.#tokens = Math.min(this.rate, this.#tokens + (elapsed * this.rate) / 1_000);
    this.#live *= Math.exp(-elapsed / MEMORY_MS);
    this.#at = now;
  }
}
