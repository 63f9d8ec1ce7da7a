/** What speaks against what is held, and for how long it has. */

export type Doubt =
  /** The head is of another epoch. */
  | 'otherEpoch'
  /** The head knows of an event that has not come. */
  | 'ahead'
  /** The head has another hash of the same. */
  | 'different'
  /** An event names one before it that has not come. */
  | 'hole'
  /** The state after an event has not come. */
  | 'unfinished';

/** What was published takes its time to come; another epoch is another history at once. */
const TOLERATED_MS: Readonly<Record<Doubt, number>> = {
  otherEpoch: 0,
  ahead: 2_000,
  different: 2_000,
  hole: 2_000,
  unfinished: 2_000,
};

const DOUBTS = Object.keys(TOLERATED_MS) as readonly Doubt[];

export class Doubts {
  readonly #since = new Map<Doubt, number>();

  /**
   * The first that has stood for longer than is tolerated; null: none has. `standing`: since when, where that is known, or
   * whether it stands now. Times are monotonic milliseconds.
   */
  judge(standing: Readonly<Record<Doubt, boolean | number>>, now: number): Doubt | null {
    for (const doubt of DOUBTS) {
      const stands = standing[doubt];
      if (stands === false) this.#since.delete(doubt);
      else if (typeof stands === 'number') this.#since.set(doubt, stands);
      else if (!this.#since.has(doubt)) this.#since.set(doubt, now);
    }
    return DOUBTS.find((doubt) => now - (this.#since.get(doubt) ?? Infinity) >= TOLERATED_MS[doubt]) ?? null;
  }
}
