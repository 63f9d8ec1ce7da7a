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
      await this.#tellAccepted();
      return await this.#tellThrough();
    } catch (error) {
      if (!this.#source.mayPass(error)) throw error;
      this.#tellAt = this.#clock.monotonic() + RETRY_MS;
      return 0;
    }
  }

  async #tellAccepted(): Promise<void> {
    const { outbox } = this.#source;
    const told = this.#accepted.length;
    if (told === 0) return;
    if (this.#ack === 'puback') await outbox.done(this.#accepted.slice());
    else await outbox.sent(this.#accepted.slice(), this.#clock.now());
    this.#accepted.splice(0, told);
  }

  async #tellThrough(): Promise<number> {
    const through = this.#through;
    if (through <= this.#toldThrough) return 0;
    const ended = await this.#source.outbox.doneThrough(through);
    this.#toldThrough = through;
    return ended;
  }
}
