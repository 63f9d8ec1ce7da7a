/** The way to one receiver: one message at a time, the receiver's clock, and whether it answers. */
import { writeTimestamp } from '../../drivers/dc09/timestamp.ts';
import { writeMessage } from '../../drivers/dc09/write-message.ts';
import type { Clock } from '../clock.ts';
import type { Unstamped } from './compose.ts';
import { exchange, type ReceiverAddress } from './exchange.ts';
import { judgeAnswer, type Verdict } from './judge-answer.ts';

export interface ReceiverLinkOptions {
  readonly address: ReceiverAddress;
  readonly key: Uint8Array | null;
  readonly timestamps: boolean;
  readonly answerTimeoutMs: number;
  readonly clock: Clock;
  /** Ends what is under way, and all that comes after it; nobody is told then. */
  readonly signal: AbortSignal;
  /** It answers, or answers no more. */
  readonly onChanged: () => void;
}

export type Outcome = 'acknowledged' | 'refused' | 'failed';

export interface LinkState {
  /** Null before the first answer or failure. */
  readonly up: boolean | null;
  /** Why it is not up, in words; null when it is, or nobody knows. */
  readonly reason: string | null;
  /** Since when it is so; Unix milliseconds. */
  readonly since: number;
}

export class ReceiverLink {
  readonly #options: ReceiverLinkOptions;
  #state: LinkState;
  /** What the receiver's clock is ahead of ours, as it has told. Milliseconds. */
  #aheadMs = 0;
  #answeredAt = -Infinity;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ReceiverLinkOptions) {
    this.#options = options;
    this.#state = { up: null, reason: null, since: options.clock.now() };
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Monotonic milliseconds of its last acknowledgement. */
  get answeredAt(): number {
    return this.#answeredAt;
  }

  /** Waits for its turn. `refused`: it is there and cannot process this one. Never rejects. */
  send(message: Unstamped): Promise<Outcome> {
    const sending = this.#turn.then(() => this.#send(message));
    this.#turn = sending;
    return sending;
  }

  async #send(message: Unstamped): Promise<Outcome> {
    const first = await this.#once(message);
    const verdict = first.kind === 'time' ? await this.#corrected(message, first.time) : first;
    // Whoever was cut short by the stop was not silent.
    if (verdict.kind === 'foreign' && this.#options.signal.aborted) return 'failed';
    switch (verdict.kind) {
      case 'acknowledged':
        this.#answeredAt = this.#options.clock.monotonic();
        this.#becomes(true, null);
        return 'acknowledged';
      case 'refused':
        if (message.id === 'NULL') this.#becomes(false, 'it refuses the account or its encryption (DUH)');
        return 'refused';
      case 'time':
        this.#becomes(false, 'it does not accept the time, although it is its own (NAK)');
        return 'failed';
      case 'foreign':
        this.#becomes(false, verdict.why);
        return 'failed';
    }
  }

  /** The same message, by the receiver's clock. */
  #corrected(message: Unstamped, time: number): Promise<Verdict> {
    this.#aheadMs = time - this.#options.clock.now();
    return this.#once(message);
  }

  async #once(message: Unstamped): Promise<Verdict> {
    const { address, key, timestamps, answerTimeoutMs: timeoutMs, clock, signal } = this.#options;
    const { data, occurredAt, ...head } = message;
    const time = timestamps || key !== null ? clock.now() + this.#aheadMs : null;
    const late = occurredAt === null ? [] : [`H${writeTimestamp(occurredAt + this.#aheadMs)}`];
    const frame = writeMessage({ ...head, content: { data: [...data, ...late], time } }, key);
    const heard: Verdict[] = [];
    const why = await exchange(address, frame, { timeoutMs, signal }, (content) => {
      const verdict = judgeAnswer(content, message, key);
      heard.push(verdict);
      return verdict.kind !== 'foreign';
    });
    // What it last said tells more than that nothing came after it.
    return heard.at(-1) ?? { kind: 'foreign', why: why ?? '' };
  }

  #becomes(up: boolean, reason: string | null): void {
    const isNews = this.#state.up !== up;
    this.#state = { up, reason, since: isNews ? this.#options.clock.now() : this.#state.since };
    if (isNews) this.#options.onChanged();
  }
}
