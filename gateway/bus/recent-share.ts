/** In what share of the latest occasions something happened: an average in which each counts less with every one after it. */

/** After so many occasions about a third of an old one's weight is left. */
const MEMORY = 32;

export class RecentShare {
  #value = 0;

  /** 0 to 1. */
  get value(): number {
    return this.#value;
  }

  add(happened: boolean): void {
    this.#value += (Number(happened) - this.#value) / MEMORY;
  }
}
