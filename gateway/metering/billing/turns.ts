/** One thing at a time with each run: who comes while something is under way is told so, and not kept waiting. */

export class Turns {
  readonly #taken = new Set<string>();

  /** Null, and nothing done, where `key` is taken. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T | null> {
    if (this.#taken.has(key)) return null;
    this.#taken.add(key);
    try {
      return await work();
    } finally {
      this.#taken.delete(key);
    }
  }
}
