/**
 * Whose turn on a bus it is. A line carries one exchange at a time: of all the polls that are due only a few are begun, so that one
 * of several exchanges is soon over, and what waits is no more than an entry here. Pure.
 */

/** `frequent`: what is wanted all the time. `rare`: what is wanted once a day. */
export type Lane = 'frequent' | 'rare';

/** So many are begun at once: while one of them thinks about its answer the line carries another. */
const MOST_BEGUN = 3;
/** After so many of the frequent ones in a row a rare one goes first, if any waits: on a full line nothing starves. */
const LONGEST_RUN = 4;

export class Turns<T> {
  readonly #waiting: Record<Lane, T[]> = { frequent: [], rare: [] };
  #begun = 0;
  #run = 0;

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.frequent.length + this.#waiting.rare.length;
  }

  wait(lane: Lane, poll: T): void {
    this.#waiting[lane].push(poll);
  }

  /** The next to begin; undefined: none waits, or one of those that have begun has to be `over` first. */
  begin(): T | undefined {
    if (this.#begun >= MOST_BEGUN) return undefined;
    const { frequent, rare } = this.#waiting;
    const isRare = frequent.length === 0 || (rare.length > 0 && this.#run >= LONGEST_RUN);
    const poll = (isRare ? rare : frequent).shift();
    if (poll === undefined) return undefined;
    this.#run = isRare ? 0 : this.#run + 1;
    this.#begun += 1;
    return poll;
  }

  /** One that has begun is over. */
  over(): void {
    this.#begun -= 1;
  }
}
