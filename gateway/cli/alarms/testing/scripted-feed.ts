/**
 * A gateway with its broker, and a mirror that listens to it, without a wire: the gateway's own rendering and answers, and
 * a network that loses what it is told to lose. Time is moved by hand.
 */
import { AlarmHead } from '../../../broker/dispatch/alarm-head.ts';
import { eventMessage } from '../../../broker/event-messages.ts';
import { alarmStateMessage, deletion, headMessage, passing, statusMessage } from '../../../broker/messages.ts';
import type { Message } from '../../../broker/publisher.ts';
import { answerParts } from '../../../broker/refresh.ts';
import { MemoryFeed } from '../../../broker/testing/memory-feed.ts';
import { createTopics } from '../../../broker/topics.ts';
import type { AlarmRow } from '../../../store/rows.ts';
import { feedMessage } from '../follow/feed-message.ts';
import { AlarmMirror } from '../mirror/alarm-mirror.ts';
import type { Distrust, RefreshRequest, Wish } from '../mirror/messages.ts';

const STEP_MS = 500;
const HEAD_EVERY_MS = 10_000;
const HEAD_AFTER_MS = 1_000;
const START = Date.UTC(2026, 0, 1);

export class ScriptedFeed {
  readonly mirror = new AlarmMirror('test');
  readonly asked: RefreshRequest[] = [];
  /** What a person was told, in order. */
  readonly told: Exclude<Wish, { readonly kind: 'refresh' }>[] = [];
  store: MemoryFeed;
  /** Nothing of what the gateway publishes arrives. */
  losing = false;
  /** Answers to refreshes come. */
  answering = true;
  /** The gateway publishes heads. */
  beating = true;
  readonly #topics = createTopics('community', 'test');
  readonly #retained = new Map<string, Message>();
  #published = new AlarmHead();
  #publishedVersion = 0;
  #headAt = 0;
  #now = 0;
  #connected = false;

  constructor() {
    this.store = new MemoryFeed(() => START + this.#now);
  }

  /** Monotonic milliseconds. */
  get now(): number {
    return this.#now;
  }

  get distrust(): Distrust | null {
    return this.mirror.snapshot().distrust;
  }

  connect(): void {
    this.#connected = true;
    for (const message of this.#retained.values()) this.#hand(message);
    this.#grant(this.mirror.connected(this.#now));
  }

  disconnect(): void {
    this.#connected = false;
    this.#grant(this.mirror.disconnected(this.#now));
  }

  /** An alarm changes: the event and the state are returned, and not published yet. */
  record(alarm: string, letter: AlarmRow['letter'] = 'B'): { readonly event: Message; readonly state: Message } {
    const seq = this.store.addAlarm({ alarm, letter, active: letter === 'B' || letter === 'C' });
    return { event: this.eventOf(seq), state: this.stateOf(alarm) };
  }

  /** And both are published. */
  change(alarm: string, letter: AlarmRow['letter'] = 'B'): void {
    const { event, state } = this.record(alarm, letter);
    this.publish(event);
    this.publish(state);
  }

  eventOf(seq: number): Message {
    const row = this.store.rows.get(seq);
    const rendered = row && eventMessage(this.#topics, row, false);
    if (!rendered || 'poison' in rendered) throw new Error(`${seq} is no event`);
    return rendered.message;
  }

  stateOf(alarm: string): Message {
    const row = this.store.alarmRows.get(alarm);
    if (!row) throw new Error(`there is no ${alarm}`);
    return alarmStateMessage(this.#topics, row, this.store.epoch);
  }

  publish(message: Message): void {
    this.#count(message);
    if (message.retain) this.#retained.set(message.topic, message);
    if (message.retain && message.payload === '') this.#retained.delete(message.topic);
    if (this.#connected && !this.losing) this.#hand(message);
  }

  publishHead(): void {
    const { seq, nonNormal, stateHash, version } = this.#published;
    const { epoch } = this.store;
    this.#publishedVersion = version;
    this.#headAt = this.#now;
    this.publish(headMessage(this.#topics, { epoch, seq, nonNormal, stateHash, at: START + this.#now }));
  }

  publishStatus(online: boolean): void {
    const fields = { online, bootId: 'b', epoch: this.store.epoch, seq: 0, version: 'test' };
    this.publish(statusMessage(this.#topics, fields));
  }

  deleteTopic(alarm: string): void {
    this.#published.forget(alarm);
    this.publish(deletion(this.#topics.alarmState(alarm)));
  }

  /** The gateway is started anew, and publishes what its store has. */
  restart(store = this.store): void {
    this.store = store;
    this.#published = new AlarmHead();
    this.publishStatus(true);
    for (const alarm of store.alarmRows.keys()) this.publish(this.stateOf(alarm));
    this.publishHead();
  }

  /** A store that has nothing yet, of another epoch. */
  emptyStore(): MemoryFeed {
    return new MemoryFeed(() => START + this.#now, this.store.epoch + 1);
  }

  /** Hands a part of an answer over, whatever was asked. */
  answer(requestId: string, part: Readonly<Record<string, unknown>>): void {
    this.#hand(passing(this.#topics.refreshAnswer(requestId), part));
  }

  advance(ms: number): void {
    for (const end = this.#now + ms; this.#now < end;) {
      this.#now = Math.min(end, this.#now + STEP_MS);
      const every = this.#published.version === this.#publishedVersion ? HEAD_EVERY_MS : HEAD_AFTER_MS;
      if (this.beating && this.#now - this.#headAt >= every) this.publishHead();
      this.#grant(this.mirror.tick(this.#now));
    }
  }

  #count({ topic, payload }: Message): void {
    if (payload === '') return;
    const said = JSON.parse(payload) as Pick<AlarmRow, 'alarm' | 'rev' | 'letter'> & { readonly seq: number };
    if (topic === this.#topics.alarmEvent) this.#published.eventPublished(said.seq);
    if (topic.startsWith(this.#topics.alarmState('')))
      this.#published.statePublished({ ...said, changedAt: this.#now });
  }

  #hand({ topic, payload }: Message): void {
    const path = topic.slice(this.#topics.prefix.length + 1);
    const message = feedMessage(path, payload === '' ? null : JSON.parse(payload));
    if (!message) throw new Error(`${topic} is not understood: ${payload}`);
    this.#grant(this.mirror.take(message, this.#now));
  }

  #grant(wishes: readonly Wish[]): void {
    const requests: RefreshRequest[] = [];
    for (const wish of wishes) {
      if (wish.kind === 'refresh') requests.push(wish.request);
      else this.told.push(wish);
    }
    this.asked.push(...requests);
    if (!this.answering || !this.#connected) return;
    for (const { requestId, fromEpoch, fromSeq } of requests)
      for (const part of answerParts(this.store, this.#topics, fromEpoch, fromSeq)) this.answer(requestId, part);
  }
}
