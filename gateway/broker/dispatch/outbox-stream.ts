/** One run through the outbox in order of seq: a lane from somewhere to somewhere, with a bounded window in flight. */
import type { Lane, OutboxSource } from '../feed-source.ts';

const FETCH = 64;

export interface StreamRange {
  /** Exclusive. */
  readonly after: number;
  /** Inclusive. */
  readonly through: number;
}

export class OutboxStream {
  readonly #outbox: Pick<OutboxSource, 'next'>;
  readonly #lane: Lane;
  readonly #window: number;
  #through = 0;
  #cursor = 0;
  #fetched: number[] = [];
  #more = false;
  /** seq → when it was sent, monotonic milliseconds; in order of sending. */
  readonly #inFlight = new Map<number, number>();
  /** Passed over, and not forgotten: a later run begins with them. */
  readonly #passedOver = new Set<number>();

  constructor(outbox: Pick<OutboxSource, 'next'>, lane: Lane, window: number) {
    this.#outbox = outbox;
    this.#lane = lane;
    this.#window = window;
  }

  /** Begins again; what was in flight is forgotten. */
  restart({ after, through }: StreamRange): void {
    this.#through = through;
    this.#moveTo(after);
  }

  /** There may be new rows. */
  wake(): void {
    this.#more = true;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** There may be rows that were not handed out. */
  get waiting(): boolean {
    return this.#more || this.#fetched.length > 0;
  }

  /** Everything up to here has been handed out. */
  get cursor(): number {
    return this.#cursor;
  }

  /** The row to send next; undefined when there is none or the window is full. Stays until `took`. */
  peek(): number | undefined {
    if (this.#inFlight.size >= this.#window) return undefined;
    if (this.#fetched.length === 0 && this.#more) this.#fetch();
    return this.#fetched[0];
  }

  /** The row that `peek` gave is out of the way. `sentAt`: it is in flight since then; null: it will not be sent. */
  took(seq: number, sentAt: number | null): void {
    this.#fetched.shift();
    this.#cursor = seq;
    if (sentAt !== null) this.#inFlight.set(seq, sentAt);
  }

  /** The row that `peek` gave is left for later. */
  passOver(seq: number): void {
    this.took(seq, null);
    this.#passedOver.add(seq);
  }

  /** No longer in flight, or of any interest. */
  landed(seq: number): void {
    this.#inFlight.delete(seq);
    this.#passedOver.delete(seq);
  }

  /** Monotonic time at which the oldest row in flight was sent; null with none. */
  oldestSentAt(): number | null {
    const first = this.#inFlight.values().next();
    return first.done ? null : first.value;
  }

  /** Where a later run has to begin so that nothing is missed. */
  get resumeAfter(): number {
    const oldest = Math.min(...this.#inFlight.keys(), ...this.#passedOver);
    return Math.min(this.#cursor, oldest - 1);
  }

  /** Sends again from the oldest row that is in flight, in order. */
  rewind(): void {
    this.#moveTo(this.resumeAfter);
  }

  #moveTo(after: number): void {
    this.#inFlight.clear();
    this.#passedOver.clear();
    this.#cursor = after;
    this.#fetched = [];
    this.#more = true;
  }

  #fetch(): void {
    const rows = this.#outbox.next(this.#lane, this.#cursor, FETCH);
    this.#fetched = rows.map(({ seq }) => seq).filter((seq) => seq <= this.#through);
    this.#more = this.#fetched.length === FETCH;
  }
}
