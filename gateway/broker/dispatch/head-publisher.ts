/** When `alarm/head` is published: soon after a change, once its states are out; and every 10 s, the heartbeat of the feed. */
import type { Clock } from '../../clock.ts';
import { headMessage } from '../messages.ts';
import type { Message } from '../publisher.ts';
import type { Topics } from '../topics.ts';
import type { AlarmHead } from './alarm-head.ts';

const EVERY_MS = 10_000;
const AT_MOST_EVERY_MS = 1_000;

export interface HeadSettings {
  readonly head: AlarmHead;
  readonly topics: Topics;
  readonly clock: Clock;
  readonly epoch: number;
  /** Resolves when it was accepted or lost. */
  readonly publish: (message: Message) => Promise<void>;
}

export class HeadPublisher {
  readonly #settings: HeadSettings;
  #lastAt = -Infinity;
  #lastVersion = -1;
  #inFlight = false;

  constructor(settings: HeadSettings) {
    this.#settings = settings;
  }

  /** A new connection: the head is due at once. */
  connected(): void {
    this.#lastAt = -Infinity;
    this.#inFlight = false;
  }

  /** Publishes it when it is due. `statesAreOut`: no alarm state waits. True: it was. */
  pump(statesAreOut: boolean): boolean {
    const { head, topics, clock, epoch, publish } = this.#settings;
    if (this.#inFlight || clock.monotonic() < this.dueAt(statesAreOut)) return false;
    const { seq, nonNormal, stateHash } = head;
    this.#lastAt = clock.monotonic();
    this.#lastVersion = head.version;
    this.#inFlight = true;
    void publish(headMessage(topics, { epoch, seq, nonNormal, stateHash, at: clock.now() })).then(() => {
      this.#inFlight = false;
    });
    return true;
  }

  /** Monotonic time. */
  dueAt(statesAreOut: boolean): number {
    if (this.#inFlight) return Infinity;
    const changed = this.#lastVersion !== this.#settings.head.version;
    return this.#lastAt + (changed && statesAreOut ? AT_MOST_EVERY_MS : EVERY_MS);
  }
}
