/** Tells the store in batches what has arrived: each telling costs it a write to the disk. */
import type { OutboxSource } from '../feed-source.ts';
import type { Clock } from '../../clock.ts';

/** A row that has arrived may be sent once more after a crash within this time; consumers drop duplicates. */
const GATHER_MS = 100;
const BATCH = 200;

export class Settlement {
  readonly #outbox: Pick<OutboxSource, 'done' | 'sent' | 'doneThrough'>;
  readonly #clock: Clock;
  readonly #ack: 'puback' | 'watermark';
  #accepted: number[] = [];
  #through = 0;
  #toldThrough = 0;
  #since: number | null = null;

  constructor(outbox: Pick<OutboxSource, 'done' | 'sent' | 'doneThrough'>, clock: Clock, ack: 'puback' | 'watermark') {
    this.#outbox = outbox;
    this.#clock = clock;
    this.#ack = ack;
  }

  /** The broker has accepted it. */
  accepted(seq: number): void {
    this.#accepted.push(seq);
    this.#since ??= this.#clock.monotonic();
  }

  /** The consumer has everything up to `seq`. */
  committedThrough(seq: number): void {
    if (seq <= this.#through) return;
    this.#through = seq;
    this.#since ??= this.#clock.monotonic();
  }

  /** Monotonic time of the next telling; null: nothing to tell. */
  dueAt(): number | null {
    if (this.#since === null) return null;
    return this.#accepted.length >= BATCH ? this.#since : this.#since + GATHER_MS;
  }

  /** Returns how many rows a watermark has ended. */
  flush(): number {
    const accepted = this.#accepted;
    this.#accepted = [];
    this.#since = null;
    if (accepted.length > 0) {
      if (this.#ack === 'puback') this.#outbox.done(accepted);
      else this.#outbox.sent(accepted, this.#clock.now());
    }
    if (this.#through <= this.#toldThrough) return 0;
    this.#toldThrough = this.#through;
    return this.#outbox.doneThrough(this.#through);
  }
}
