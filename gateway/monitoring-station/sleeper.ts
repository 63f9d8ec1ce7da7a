/** A wait that can be ended. */

export class Sleeper {
  #awake = false;
  #ended = false;
  #wake: () => void = () => undefined;

  /** Ends the wait that is under way, or else the next one. */
  wake(): void {
    this.#awake = true;
    this.#wake();
  }

  /** Ends every wait from now on. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Resolves when it is woken; with `ms`, after that time at the latest. */
  async sleep(ms: number | null = null): Promise<void> {
    if (!this.#awake && !this.#ended) {
      await new Promise<void>((resolve) => {
        const timer = ms === null ? undefined : setTimeout(resolve, Math.max(0, ms));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#awake = false;
  }
}
