/**
 * Whose turn on a bus it is. A line carries one exchange at a time: of all the polls that are due only a few are begun, so that one
 * of several exchanges is soon over, and what waits is no more than an entry here. Pure.
 */

/** `frequent`: all the time. `rare`: once a day. */
export type Wanted = 'frequent' | 'rare';

export interface Place {
  readonly wanted: Wanted;
  /** Its device has just met a question with silence. */
  readonly isSilent: boolean;
}

/** So many are begun at once: while one of them thinks about its answer the line carries another. */
const MOST_BEGUN = 3;
/** After so many of the frequent ones in a row a rare one goes first, if any waits: on a full line nothing starves. */
const LONGEST_RUN = 4;
/** A silent one may cost the line a timeout, the time of a dozen answers: on a full line it goes after so many others. */
const LONGEST_RUN_OF_OTHERS = 20;

export interface Turn<T> {
  readonly isSilent: boolean;
  readonly poll: T;
}

export class Turns<T> {
  readonly #answering = new Lane<T>();
  readonly #silent = new Lane<T>();
  #begun = 0;
  /** One at a time: their timeouts add up. */
  #isSilentBegun = false;
  #runOfOthers = 0;

  /** How many wait. */
  get waiting(): number {
    return this.#answering.waiting + this.#silent.waiting;
  }

  wait({ wanted, isSilent }: Place, poll: T): void {
    // The others' run is counted from when somebody waits for its end.
    if (isSilent && this.#silent.waiting === 0) this.#runOfOthers = 0;
    (isSilent ? this.#silent : this.#answering).wait(wanted, poll);
  }

  /** The next to begin; undefined: none waits, or one of those that have begun has to be `over` first. */
  begin(): Turn<T> | undefined {
    if (this.#begun >= MOST_BEGUN) return undefined;
    const isSilent = this.#isSilentNext();
    const poll = (isSilent ? this.#silent : this.#answering).next();
    if (poll === undefined) return undefined;
    if (isSilent) this.#isSilentBegun = true;
    this.#runOfOthers = isSilent ? 0 : this.#runOfOthers + 1;
    this.#begun += 1;
    return { isSilent, poll };
  }

  /** One that has begun is over. */
  over({ isSilent }: Pick<Turn<T>, 'isSilent'>): void {
    this.#begun -= 1;
    if (isSilent) this.#isSilentBegun = false;
  }

  #isSilentNext(): boolean {
    if (this.#silent.waiting === 0 || this.#isSilentBegun) return false;
    return this.#answering.waiting === 0 || this.#runOfOthers >= LONGEST_RUN_OF_OTHERS;
  }
}

/** First come, first served, what is wanted all the time before the rest. */
class Lane<T> {
  readonly #waiting: Record<Wanted, T[]> = { frequent: [], rare: [] };
  #run = 0;

  get waiting(): number {
    return this.#waiting.frequent.length + this.#waiting.rare.length;
  }

  wait(wanted: Wanted, poll: T): void {
    this.#waiting[wanted].push(poll);
  }

  next(): T | undefined {
    const { frequent, rare } = this.#waiting;
    const isRare = frequent.length === 0 || (rare.length > 0 && this.#run >= LONGEST_RUN);
    this.#run = isRare ? 0 : this.#run + 1;
    return (isRare ? rare : frequent).shift();
  }
}
