/** How far the consumers have committed the feed. Pure but for its own map. */

export class Watermarks {
  readonly #required: readonly string[];
  readonly #seqs = new Map<string, number>();
  #highest = 0;

  /** `required`: consumers that must all have a row. Empty: a site with one consumer, whatever its name. */
  constructor(required: readonly string[]) {
    this.#required = required;
  }

  /** `consumer` has committed everything up to `seq`. A watermark never goes back. */
  report(consumer: string, seq: number): void {
    this.#highest = Math.max(this.#highest, seq);
    if (this.#required.includes(consumer)) {
      this.#seqs.set(consumer, Math.max(seq, this.#seqs.get(consumer) ?? 0));
    }
  }

  /** Rows up to here are done. */
  get through(): number {
    if (this.#required.length === 0) return this.#highest;
    return Math.min(...this.#required.map((consumer) => this.#seqs.get(consumer) ?? 0));
  }
}
