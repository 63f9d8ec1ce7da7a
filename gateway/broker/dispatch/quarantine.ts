/**
 * Finds the message that a broker answers by closing the connection. MQTT 3.1.1 has no negative PUBACK, so nothing says
 * which message of a window it was; and a bad network looks the same. So: rows that were lost several times are sent
 * alone, on a connection that has just accepted something else, and only what fails alone again and again is given up.
 */
const SUSPECT_AFTER = 3;
const POISON_AFTER = 5;

interface Losses {
  together: number;
  alone: number;
}

export class Quarantine {
  readonly #losses = new Map<number, Losses>();
  #suspects = 0;

  /** While true, send one row at a time and nothing beside it. */
  get careful(): boolean {
    return this.#suspects > 0;
  }

  /** The connection went before `seq` was accepted. True: give it up. */
  lost(seq: number): boolean {
    const losses = this.#losses.get(seq) ?? { together: 0, alone: 0 };
    this.#losses.set(seq, losses);
    if (this.careful) losses.alone += 1;
    else losses.together += 1;
    return losses.alone >= POISON_AFTER;
  }

  /** Call when every loss of a connection has been told: who is suspect from here on. */
  connected(): void {
    this.#suspects = [...this.#losses.values()].filter(({ together }) => together >= SUSPECT_AFTER).length;
  }

  /** It was accepted, or given up. */
  settled(seq: number): void {
    const losses = this.#losses.get(seq);
    if (losses && losses.together >= SUSPECT_AFTER && this.#suspects > 0) this.#suspects -= 1;
    this.#losses.delete(seq);
  }

  /** Nothing is left to send: whoever was suspect has gone another way. */
  clear(): void {
    this.#losses.clear();
    this.#suspects = 0;
  }
}
