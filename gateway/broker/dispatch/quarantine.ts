/**
 * Finds the message that a broker answers by closing the connection. MQTT 3.1.1 has no negative PUBACK, so nothing says
 * which message of a window it was; and a bad network looks the same. So: a row that was lost several times is sent
 * alone. Lost alone again and again, it is set aside. Once the broker has accepted something else on a connection, the
 * row is sent alone once more on that same connection, and only if that ends it is the row given up. Where nothing
 * passes at all, nobody is to blame.
 */
const SUSPECT_AFTER = 3;
const ASIDE_AFTER = 5;
/** So many set aside with nothing accepted in between: it is not the messages. */
const MAX_ASIDE = 3;

interface Losses {
  together: number;
  alone: number;
}

export class Quarantine {
  readonly #losses = new Map<number, Losses>();
  readonly #aside = new Set<number>();
  readonly #onTrial = new Set<number>();
  readonly #suspects = new Set<number>();

  /** While true, send one row at a time and nothing beside it. */
  get careful(): boolean {
    return this.#suspects.size > 0;
  }

  /** Do not send it; something else is to be tried first. */
  isAside(seq: number): boolean {
    return this.#aside.has(seq);
  }

  /** The connection went before `seq` was accepted. True: give it up. */
  lost(seq: number): boolean {
    if (this.#onTrial.has(seq)) return true;
    const losses = this.#losses.get(seq) ?? { together: 0, alone: 0 };
    this.#losses.set(seq, losses);
    if (this.careful) losses.alone += 1;
    else losses.together += 1;
    if (losses.alone >= ASIDE_AFTER) this.#aside.add(seq);
    return false;
  }

  /** A new connection, on which nothing is proven. Call when every loss of the old one has been told. */
  connected(): void {
    for (const seq of this.#onTrial) this.#aside.add(seq);
    this.#onTrial.clear();
    this.#suspects.clear();
    if (this.#aside.size >= MAX_ASIDE) this.clear();
    for (const [seq, { together }] of this.#losses) {
      if (together >= SUSPECT_AFTER && !this.#aside.has(seq)) this.#suspects.add(seq);
    }
  }

  /** Something that was not suspect was accepted: the connection is good. True: rows set aside are to be sent now, alone. */
  proven(): boolean {
    if (this.#aside.size === 0) return false;
    for (const seq of this.#aside) {
      this.#onTrial.add(seq);
      this.#suspects.add(seq);
    }
    this.#aside.clear();
    return true;
  }

  /** It was accepted, or given up. */
  settled(seq: number): void {
    this.#losses.delete(seq);
    this.#aside.delete(seq);
    this.#onTrial.delete(seq);
    this.#suspects.delete(seq);
  }

  /** Nothing is left to send: whoever was suspect has gone another way. */
  clear(): void {
    this.#losses.clear();
    this.#aside.clear();
    this.#onTrial.clear();
    this.#suspects.clear();
  }
}
