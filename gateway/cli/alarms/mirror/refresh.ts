/** The refresh under way: asked for, answered part by part, complete or asked for again. */
import type { RefreshRequest } from './messages.ts';

/** Between two parts of an answer; the gateway answers one consumer at a time. */
const ANSWER_WITHIN_MS = 10_000;
/** After an answer or a refusal: whatever is wrong, a gateway is not asked all the time. */
const AGAIN_AFTER_MS = 2_000;

export class Refresh {
  readonly #idPrefix: string;
  #asked = 0;
  #id: string | null = null;
  #parts = 0;
  #mayAskAt = -Infinity;

  /** `idPrefix`: of the ids of its requests, so that no other consumer has the same. */
  constructor(idPrefix: string) {
    this.#idPrefix = idPrefix;
  }

  /** Whether another one may be asked for. Times are monotonic milliseconds. */
  mayAsk(now: number): boolean {
    return now >= this.#mayAskAt;
  }

  ask(from: Omit<RefreshRequest, 'requestId'>, now: number): RefreshRequest {
    this.#asked += 1;
    this.#id = `${this.#idPrefix}-${this.#asked}`;
    this.#parts = 0;
    this.#mayAskAt = now + ANSWER_WITHIN_MS;
    return { requestId: this.#id, ...from };
  }

  /** Whether a part belongs to the answer that is awaited. */
  hears(requestId: string, now: number): boolean {
    if (requestId !== this.#id) return false;
    this.#mayAskAt = now + ANSWER_WITHIN_MS;
    return true;
  }

  /** An event or a state has come. */
  count(): void {
    this.#parts += 1;
  }

  /** The answer has ended, with so many events or states. True: all of them have come. */
  end(count: number, now: number): boolean {
    this.close(now);
    return this.#parts === count;
  }

  /** There is no answer, or no more of it. */
  close(now: number): void {
    this.#id = null;
    this.#mayAskAt = now + AGAIN_AFTER_MS;
  }

  /** Nobody will answer any more: another one may be asked for at once. */
  drop(): void {
    this.#id = null;
    this.#mayAskAt = -Infinity;
  }
}
