/**
 * Whose turn on a bus it is. A line carries one exchange at a time: of all the polls that are due only a few are begun, so that one
 * of several exchanges is soon over, and what waits is no more than an entry here. Pure.
 */

/** `frequent`: what is wanted all the time. `rare`: what is wanted once a day. `silent`: devices that have just met a question with silence. */
export type Lane = 'frequent' | 'rare' | 'silent';

/** So many are begun at once: while one of them thinks about its answer the line carries another. */
const MOST_BEGUN = 3;
/** After so many of the frequent ones in a row a rare one goes first, if any waits: on a full line nothing starves. */
const LONGEST_RUN = 4;
/** A silent one may cost the line a timeout, the time of a dozen answers: on a full line it goes after so many others. */
const LONGEST_RUN_OF_OTHERS = 20;

export interface Turn<T> {
  readonly lane: Lane;
  readonly poll: T;
}

export class Turns<T> {
  readonly #waiting: Record<Lane, T[]> = { frequent: [], rare: [], silent: [] };
  #begun = 0;
  /** One at a time: their timeouts add up. */
  #isSilentBegun = false;
  #run = 0;
  #runOfOthers = 0;

  /** How many wait. */
  get waiting(): number {
    const { frequent, rare, silent } = this.#waiting;
    return frequent.length + rare.length + silent.length;
  }

  wait(lane: Lane, poll: T): void {
    // The others' run is counted from when somebody waits for its end.
    if (lane === 'silent' && this.#waiting.silent.length === 0) this.#runOfOthers = 0;
    this.#waiting[lane].push(poll);
  }

  /** The next to begin; undefined: none waits, or one of those that have begun has to be `over` first. */
  begin(): Turn<T> | undefined {
    if (this.#begun >= MOST_BEGUN) return undefined;
    const lane = this.#next();
    const poll = this.#waiting[lane].shift();
    if (poll === undefined) return undefined;
    if (lane === 'silent') this.#isSilentBegun = true;
    else this.#run = lane === 'rare' ? 0 : this.#run + 1;
    this.#runOfOthers = lane === 'silent' ? 0 : this.#runOfOthers + 1;
    this.#begun += 1;
    return { lane, poll };
  }

  /** One that has begun is over. */
  over(lane: Lane): void {
    this.#begun -= 1;
    if (lane === 'silent') this.#isSilentBegun = false;
  }

  #next(): Lane {
    const { frequent, rare, silent } = this.#waiting;
    const othersWait = frequent.length + rare.length > 0;
    if (silent.length > 0 && !this.#isSilentBegun && (!othersWait || this.#runOfOthers >= LONGEST_RUN_OF_OTHERS))
      return 'silent';
    return frequent.length === 0 || (rare.length > 0 && this.#run >= LONGEST_RUN) ? 'rare' : 'frequent';
  }
}
