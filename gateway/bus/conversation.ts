/**
 * Keeps a line for whoever said that more follows. Between the selection of a slave and the question to it nobody else's
 * request may come; between two conversations everybody's may.
 */

/** So many exchanges in a row, and others have their turn: a driver that never ends must not have the line for itself. */
const LONGEST = 16;

export class Conversation {
  readonly #letGo: () => void;
  #speaker: object | null = null;
  #length = 0;
  #pause: NodeJS.Immediate | undefined;

  /** `letGo` is called when the line was kept for an exchange that did not come. */
  constructor(letGo: () => void) {
    this.#letGo = letGo;
  }

  /** Whether the line waits for the next word of somebody. */
  get isHeld(): boolean {
    return this.#pause !== undefined;
  }

  /** Whether `speaker` goes on in a conversation, which it then does. */
  goOn(speaker: object): boolean {
    if (!this.isHeld || this.#speaker !== speaker) return false;
    clearImmediate(this.#pause);
    this.#pause = undefined;
    return true;
  }

  /** To be called after each exchange, once its outcome is on its way to `speaker`. */
  spoken(speaker: object, keep: boolean): void {
    this.#length = this.#speaker === speaker ? this.#length + 1 : 1;
    this.#speaker = keep && this.#length < LONGEST ? speaker : null;
    if (this.#speaker === null) return;
    this.#pause = setImmediate(() => {
      this.#pause = undefined;
      this.#speaker = null;
      this.#letGo();
    });
  }
}
