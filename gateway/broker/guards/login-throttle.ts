/** Slows down whoever guesses passwords: after a few failures on an account, its address has to wait. */

const FREE_FAILURES = 5;
const FIRST_WAIT_MS = 5_000;
const MAX_WAIT_MS = 300_000;
/** Entries remembered; the oldest is forgotten. */
const MAX_ENTRIES = 1_000;

interface Failures {
  readonly count: number;
  /** Monotonic milliseconds. */
  readonly waitUntil: number;
}

export class LoginThrottle {
  readonly #failures = new Map<string, Failures>();

  /** Whether `who` (account and address) may try now (monotonic milliseconds). */
  mayTry(who: string, now: number): boolean {
    return now >= (this.#failures.get(who)?.waitUntil ?? -Infinity);
  }

  failed(who: string, now: number): void {
    const count = (this.#failures.get(who)?.count ?? 0) + 1;
    const over = count - FREE_FAILURES;
    const wait = over < 0 ? 0 : Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** over);
    this.#failures.delete(who);
    this.#failures.set(who, { count, waitUntil: now + wait });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > MAX_ENTRIES && !oldest.done) this.#failures.delete(oldest.value);
  }

  succeeded(who: string): void {
    this.#failures.delete(who);
  }
}
