/**
 * Whether alarm events are without holes: each names the one before it, `prevSeq`. They may come twice, and they may
 * overtake each other.
 */

/** What has overtaken so much will be fetched anew. */
const MOST_BEYOND = 10_000;

export class EventChain {
  #through = 0;
  /** `seq` by `prevSeq`, of those that came before the one that they follow. */
  readonly #beyond = new Map<number, number>();
  #overflown = false;

  /** The newest event before which none is missing. */
  get through(): number {
    return this.#through;
  }

  get hasHole(): boolean {
    return this.#overflown || this.#beyond.size > 0;
  }

  /** False: it was here before. */
  take({ seq, prevSeq }: { readonly seq: number; readonly prevSeq: number }): boolean {
    if (seq <= this.#through || this.#beyond.get(prevSeq) === seq) return false;
    if (prevSeq > this.#through) this.#keep(prevSeq, seq);
    else {
      this.#through = seq;
      this.#follow();
    }
    return true;
  }

  /** Everything through `seq`, and nothing beyond it, is known by other means. */
  begin(seq: number): void {
    this.#beyond.clear();
    this.#overflown = false;
    this.#through = seq;
  }

  /** Everything through `seq`, at least, is known; what is beyond it may lead on. */
  atLeast(seq: number): void {
    this.#overflown = false;
    this.#through = Math.max(seq, this.#through);
    this.#follow();
  }

  #keep(prevSeq: number, seq: number): void {
    if (this.#beyond.size >= MOST_BEYOND) {
      this.#beyond.clear();
      this.#overflown = true;
    }
    this.#beyond.set(prevSeq, seq);
  }

  #follow(): void {
    for (const [prevSeq, seq] of [...this.#beyond].sort(([a], [b]) => a - b)) {
      if (prevSeq > this.#through) return;
      this.#beyond.delete(prevSeq);
      this.#through = Math.max(this.#through, seq);
    }
  }
}
