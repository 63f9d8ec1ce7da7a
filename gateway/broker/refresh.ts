/**
 * Answers `alarm/refresh`: what a consumer has missed, or everything that is not normal. One at a time, so that no
 * consumer can make the gateway do more than one of these at once.
 */
import type { z } from 'zod';
import { alarmCloudEvent } from './event-messages.ts';
import type { FeedSource } from './feed-source.ts';
import { alarmStatePayload, passing } from './messages.ts';
import { PublishError, type Publisher } from './publisher.ts';
import type { refreshAnswer, refreshRequest } from './schemas.ts';
import type { Topics } from './topics.ts';

const MAX_WAITING = 16;
const WINDOW = 64;
const PAGE = 200;
/** A consumer that has missed more is better served with the states. */
const MAX_EVENTS = 10_000;

type Request = z.infer<typeof refreshRequest>;
/** As the schema, before it is checked. */
type AnswerPart = { readonly kind: z.infer<typeof refreshAnswer>['kind'] } & Readonly<Record<string, unknown>>;

export interface RefreshSettings {
  readonly source: FeedSource;
  readonly publisher: Publisher;
  readonly topics: Topics;
}

export class Refresher {
  /** Live figures. `refused`: too many were waiting. */
  readonly counters = { answered: 0, refused: 0 };
  readonly #settings: RefreshSettings;
  readonly #waiting: Request[] = [];
  #busy = false;

  constructor(settings: RefreshSettings) {
    this.#settings = settings;
  }

  request(request: Request): void {
    if (this.#waiting.length >= MAX_WAITING) {
      this.counters.refused += 1;
      void this.#busyAnswer(request);
      return;
    }
    this.#waiting.push(request);
    if (!this.#busy) void this.#work();
  }

  async #busyAnswer({ requestId }: Request): Promise<void> {
    const part: AnswerPart = { kind: 'refused', error: 'too many refreshes are waiting: ask again later' };
    await this.#unlessOffline(
      this.#settings.publisher.publish(passing(this.#settings.topics.refreshAnswer(requestId), part)),
    );
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let request = this.#waiting.shift(); request; request = this.#waiting.shift()) {
      await this.#unlessOffline(this.#answer(request));
      this.counters.answered += 1;
    }
    this.#busy = false;
  }

  /** When the connection goes, the consumer asks again once it is back. */
  async #unlessOffline(publishing: Promise<void>): Promise<void> {
    try {
      await publishing;
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
    }
  }

  async #answer({ requestId, fromEpoch, fromSeq }: Request): Promise<void> {
    const { source, publisher, topics } = this.#settings;
    const topic = topics.refreshAnswer(requestId);
    let inFlight: Promise<void>[] = [];
    for (const part of answerParts(source, topics, fromEpoch, fromSeq)) {
      inFlight.push(publisher.publish(passing(topic, part)));
      if (inFlight.length < WINDOW) continue;
      await Promise.all(inFlight);
      inFlight = [];
    }
    await Promise.all(inFlight);
  }
}

/** The parts of an answer in order. Pages are read as they are taken. */
export function* answerParts(
  source: FeedSource,
  topics: Topics,
  fromEpoch: number | null,
  fromSeq: number,
): Generator<AnswerPart> {
  const { epoch } = source;
  const seq = source.alarms.newestRev();
  if (fromEpoch === epoch && reaches(source, fromSeq, seq)) {
    let count = 0;
    for (const event of alarmEvents(source, topics, fromSeq, seq)) {
      count += 1;
      yield { kind: 'event', event };
    }
    yield { kind: 'end', epoch, seq, count };
    return;
  }
  yield { kind: 'gap', from: fromEpoch === epoch ? Math.min(fromSeq, seq) : 0, to: seq };
  yield { kind: 'start', epoch, seq };
  const states = source.alarms.list('nonNormal');
  for (const row of states) yield { kind: 'item', state: alarmStatePayload(row, epoch) };
  yield { kind: 'end', epoch, seq, count: states.length };
}

/** Whether every alarm event after `fromSeq` is still in the journal, and they are few enough to be told one by one. */
function reaches(source: FeedSource, fromSeq: number, lastSeq: number): boolean {
  const { oldest, newest } = source.events.bounds();
  if (fromSeq > (newest ?? 0)) return false;
  if (fromSeq >= lastSeq) return true;
  return oldest !== null && oldest <= fromSeq + 1 && lastSeq - fromSeq <= MAX_EVENTS;
}

function* alarmEvents(source: FeedSource, topics: Topics, after: number, through: number) {
  for (let from = after; from < through;) {
    const rows = source.events.list({ after: from, domain: 'alarm', limit: PAGE });
    for (const row of rows) {
      const event = row.seq <= through ? alarmCloudEvent(topics, row, false) : null;
      if (event) yield event;
    }
    from = rows.at(-1)?.seq ?? through;
  }
}
