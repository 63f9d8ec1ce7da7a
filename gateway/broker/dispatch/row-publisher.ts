/** One row of the outbox on its way: rendered, published, and accepted, lost or given up. */
import type { Clock } from '../../clock.ts';
import type { EventRow } from '../../store/rows.ts';
import { eventMessage } from '../event-messages.ts';
import type { FeedSource } from '../feed-source.ts';
import { PublishError, type Message, type Publisher } from '../publisher.ts';
import type { Topics } from '../topics.ts';
import { Quarantine } from './quarantine.ts';
import { Settlement } from './settlement.ts';

/** A row that is older when it is sent is marked as backlog. */
const LATE_MS = 10_000;

export interface RowSettings {
  readonly source: FeedSource;
  readonly publisher: Publisher;
  readonly topics: Topics;
  readonly clock: Clock;
  /** What ends a row: the broker's PUBACK, or the consumer's watermark. */
  readonly ack: 'puback' | 'watermark';
  /** Something happened that may let more be sent. */
  readonly wake: () => void;
  /** A row was accepted. */
  readonly accepted: () => void;
  /** A row was given up, and is a dead letter now. */
  readonly gaveUp: (seq: number, reason: string) => void;
}

export interface RowCounters {
  /** Handed to the broker, resent ones included. */
  sent: number;
  accepted: number;
  /** The connection went before they were accepted. */
  lost: number;
  deadLetters: number;
}

export interface FoundRow {
  readonly seq: number;
  readonly event: EventRow | undefined;
  readonly late: boolean;
}

export class RowPublisher {
  readonly counters: RowCounters = { sent: 0, accepted: 0, lost: 0, deadLetters: 0 };
  readonly quarantine = new Quarantine();
  readonly settlement: Settlement;
  readonly #settings: RowSettings;

  constructor(settings: RowSettings) {
    this.#settings = settings;
    this.settlement = new Settlement(settings.source, settings.clock, settings.ack);
  }

  find(seq: number): FoundRow {
    const event = this.#settings.source.events.get(seq);
    return { seq, event, late: event !== undefined && this.#settings.clock.now() - event.recordedAt > LATE_MS };
  }

  /** Publishes it; it is in flight until `landed` is called. False: the broker is not handed it, for it is given up. */
  publish({ seq, event, late }: FoundRow, landed: () => void): boolean {
    const rendered = event ? eventMessage(this.#settings.topics, event, late) : { poison: 'its event is gone' };
    if ('poison' in rendered) {
      void this.#giveUp(seq, rendered.poison, landed);
      return false;
    }
    this.counters.sent += 1;
    void this.#carry(seq, rendered.message, landed);
    return true;
  }

  async #carry(seq: number, message: Message, landed: () => void): Promise<void> {
    try {
      await this.#settings.publisher.publish(message);
      this.counters.accepted += 1;
      this.quarantine.settled(seq);
      this.settlement.accepted(seq);
      landed();
      this.#settings.accepted();
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      this.counters.lost += 1;
      // A row that was merely lost stays in flight: the next connection begins at the oldest such row.
      const hopeless = error.code === 'refused' || this.quarantine.lost(seq);
      if (hopeless) await this.#giveUp(seq, error.message, landed);
    }
    this.#settings.wake();
  }

  /** What the store cannot write down now stays in the outbox and in flight, and is tried again. */
  async #giveUp(seq: number, reason: string, landed: () => void): Promise<void> {
    const { source, clock, gaveUp, wake } = this.#settings;
    try {
      await source.outbox.deadLetter(seq, reason, clock.now());
    } catch (error) {
      if (!source.mayPass(error)) throw error;
      return;
    }
    this.counters.deadLetters += 1;
    this.quarantine.settled(seq);
    gaveUp(seq, reason);
    landed();
    wake();
  }
}
