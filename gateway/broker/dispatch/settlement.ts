/** Tells the store in batches what has arrived: each telling costs it a write to the disk. */
import type { Clock } from '../../clock.ts';
import type { FeedSource } from '../feed-source.ts';

/** A row that has arrived may be sent once more after a crash within this time; consumers drop duplicates. */
const GATHER_MS = 100;
const BATCH = 200;

/** How long to wait when the store cannot write. */
const RETRY_MS = 1_000;

export class Settlement {
  readonly #source: Pick<FeedSource, 'outbox' | 'mayPass'>;
  readonly #clock: Clock;
  readonly #ack: 'puback' | 'watermark';
  readonly #accepted: number[] = [];
  #through = 0;
  #toldThrough = 0;
  /** One telling at a time. */
  #telling: Promise<number> = Promise.resolve(0);
  /** Monotonic; null: nothing to tell. */
  #tellAt: number | null = null;

  constructor(source: Pick<FeedSource, 'outbox' | 'mayPass'>, clock: Clock, ack: 'puback' | 'watermark') {
    this.#source = source;
    this.#clock = clock;
    this.#ack = ack;
  }

  /** The broker has accepted it. */
  accepted(seq: number): void {
    this.#accepted.push(seq);
    this.#tellAt ??= this.#clock.monotonic() + GATHER_MS;
    if (this.#accepted.length === BATCH) this.#tellAt = this.#clock.monotonic();
  }

  /** The consumer has everything up to `seq`. */
  committedThrough(seq: number): void {
    if (seq <= this.#through) return;
    this.#through = seq;
    this.#tellAt ??= this.#clock.monotonic() + GATHER_MS;
  }

  /** Monotonic time of the next telling; null: nothing to tell. */
  dueAt(): number | null {
    return this.#tellAt;
  }

  /**
   * Tells the store at once. Resolves when it has written that, with how many rows a watermark has ended. What it cannot write
   * now is told again later.
   */
  flush(): Promise<number> {
    return (this.#telling = this.#telling.then(() => this.#tell()));
  }

  async #tell(): Promise<number> {
    if (this.#tellAt === null) return 0;
    this.#tellAt = null;
    try {
      const late = await this.#tellAccepted();
      return late || this.#through > this.#toldThrough ? await this.#tellThrough() : 0;
    } catch (error) {
      if (!this.#source.mayPass(error)) throw error;
      this.#tellAt = this.#clock.monotonic() + RETRY_MS;
      return 0;
    }
  }

  /** True: the watermark that ends one of them has been told before it, and has to be told again. */
  async #tellAccepted(): Promise<boolean> {
    const { outbox } = this.#source;
    const seqs = this.#accepted.slice();
    if (seqs.length === 0) return false;
    if (this.#ack === 'puback') await outbox.done(seqs);
    else await outbox.sent(seqs, this.#clock.now());
    this.#accepted.splice(0, seqs.length);
    return seqs.some((seq) => seq <= this.#toldThrough);
  }

  async #tellThrough(): Promise<number> {
    const through = this.#through;
    const ended = await this.#source.outbox.doneThrough(through);
    this.#toldThrough = through;
    return ended;
  }
}
