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
  #accepted: number[] = [];
  #through = 0;
  #toldThrough = 0;
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

  /** Returns how many rows a watermark has ended. What the store cannot write now is told again later. */
  flush(): number {
    if (this.#tellAt === null) return 0;
    try {
      const ended = this.#tell();
      this.#tellAt = null;
      return ended;
    } catch (error) {
      if (!this.#source.mayPass(error)) throw error;
      this.#tellAt = this.#clock.monotonic() + RETRY_MS;
      return 0;
    }
  }

  #tell(): number {
    const { outbox } = this.#source;
    if (this.#accepted.length > 0) {
      if (this.#ack === 'puback') outbox.done(this.#accepted);
      else outbox.sent(this.#accepted, this.#clock.now());
      this.#accepted = [];
    }
    if (this.#through <= this.#toldThrough) return 0;
    const ended = outbox.doneThrough(this.#through);
    this.#toldThrough = this.#through;
    return ended;
  }
}
