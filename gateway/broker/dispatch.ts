/**
 * The feed: everything that leaves the box on MQTT. Events leave the outbox, states follow their rows; both wait while the
 * broker is away. Driven by what the store and the broker say and by one timer; nothing polls.
 */
import type { Clock } from '../clock.ts';
import { AlarmHead } from './dispatch/alarm-head.ts';
import { OutboxSender } from './dispatch/outbox-sender.ts';
import { StateSender } from './dispatch/state-sender.ts';
import { Watermarks } from './dispatch/watermarks.ts';
import { HeadPublisher } from './dispatch/head-publisher.ts';
import type { FeedChange, FeedSource } from './feed-source.ts';
import { skippedMessage, statusMessage } from './messages.ts';
import { PublishError, type Message, type Publisher } from './publisher.ts';
import type { Topics } from './topics.ts';

/** How many dead letters `feed/skipped` names. */
const SKIPPED = 100;

export interface DispatchSettings {
  readonly source: FeedSource;
  readonly publisher: Publisher;
  readonly topics: Topics;
  readonly clock: Clock;
  readonly ack: 'puback' | 'watermark';
  /** With `ack: watermark`: who must all have a row before it is done. Empty: the one consumer of a site. */
  readonly consumers: readonly string[];
  readonly bootId: string;
  readonly version: string;
  /** Runs `run` once after `ms`; returns what cancels it. Tests move it by hand. */
  readonly after?: (ms: number, run: () => void) => () => void;
}

export class Dispatcher {
  readonly #settings: DispatchSettings;
  readonly #head = new AlarmHead();
  readonly #headPublisher: HeadPublisher;
  readonly #sender: OutboxSender;
  readonly #states: StateSender;
  readonly #watermarks: Watermarks;
  readonly #unsubscribe: () => void;
  readonly #after: NonNullable<DispatchSettings['after']>;
  #watermarksIgnored = 0;
  #skippedChanged = false;
  /** The connection has proven itself: it has accepted `status`. */
  #ready = false;
  #connection = 0;
  #closed = false;
  #awake = false;
  #timerAt = Infinity;
  #cancelTimer: () => void = () => undefined;

  constructor(settings: DispatchSettings) {
    const { source, publisher } = settings;
    const wake = () => this.#wake();
    this.#settings = settings;
    this.#after = settings.after ?? systemTimer;
    this.#sender = new OutboxSender({
      ...settings,
      wake,
      alarmSent: (seq) => this.#head.eventPublished(seq),
      gaveUp: () => (this.#skippedChanged = true),
    });
    this.#states = new StateSender({ ...settings, wake, head: this.#head, accepted: () => this.#sender.proven() });
    const publish = (message: Message) => this.#publish(message);
    this.#headPublisher = new HeadPublisher({ ...settings, head: this.#head, epoch: source.epoch, publish });
    this.#watermarks = new Watermarks(settings.consumers);
    this.#unsubscribe = source.onChange((change) => this.#changed(change));
    publisher.onConnect(() => void this.#connected());
  }

  /** For metrics. `watermarksIgnored`: of another epoch, or ahead of the feed. */
  get counters() {
    const outbox = this.#sender.counters;
    return { outbox, states: { ...this.#states.counters }, watermarksIgnored: this.#watermarksIgnored };
  }

  /** A consumer says that it has committed everything up to `seq` of `epoch`. */
  watermark(consumer: string, { epoch, seq }: { readonly epoch: number; readonly seq: number }): void {
    const { source } = this.#settings;
    if (epoch !== source.epoch || seq > (source.events.bounds().newest ?? 0)) {
      this.#watermarksIgnored += 1;
      return;
    }
    this.#watermarks.report(consumer, seq);
    this.#sender.committedThrough(this.#watermarks.through);
    this.#wake();
  }

  /** Says goodbye on `status`, and tells the store what has arrived. What has not left stays in the outbox. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    this.#cancelTimer();
    if (this.#settings.publisher.online()) await this.#publish(this.#status(false));
    await this.#sender.flush();
  }

  #changed(change: FeedChange): void {
    this.#states.changed(change);
    if (change.events !== undefined || change.alarms !== undefined) this.#sender.added(change.events ?? 0);
    this.#wake();
  }

  async #connected(): Promise<void> {
    this.#ready = false;
    const connection = (this.#connection += 1);
    await this.#publish(this.#status(true));
    // What has arrived is not to be sent again.
    await this.#sender.flush();
    const gone = connection !== this.#connection || !this.#settings.publisher.online();
    if (gone || this.#closed) return;
    this.#sender.connected();
    this.#states.connected(this.#settings.clock.now());
    this.#headPublisher.connected();
    this.#skippedChanged = true;
    this.#ready = true;
    this.#pump();
  }

  #pump(): void {
    if (!this.#ready || this.#closed || !this.#settings.publisher.online()) return;
    // While one row is sent alone, nothing may be beside it: not even what was sent before, whose acceptance wakes us.
    if (this.#sender.careful && this.#states.inFlight > 0) return;
    this.#sender.pump();
    if (!this.#sender.careful) this.#pumpStates();
    this.#arm();
  }

  /** Event first, then state, then head: a consumer that sees the head has been sent what it speaks of. */
  #pumpStates(): void {
    const { clock, source, topics } = this.#settings;
    this.#states.pump((rev) => this.#sender.mayPublishState(rev));
    if (this.#headPublisher.pump(this.#states.alarmsUpToDate)) this.#states.retire(clock.now());
    if (!this.#skippedChanged) return;
    this.#skippedChanged = false;
    const letters = source.outbox.listDeadLetters(SKIPPED);
    void this.#publish(skippedMessage(topics, source.epoch, letters));
  }

  /** Once per turn of the event loop, however much has happened in it. */
  #wake(): void {
    if (this.#awake || this.#closed) return;
    this.#awake = true;
    setImmediate(() => {
      this.#awake = false;
      this.#pump();
    });
  }

  #arm(): void {
    const head = this.#sender.careful ? Infinity : this.#headPublisher.dueAt(this.#states.alarmsUpToDate);
    const dueAt = Math.min(this.#sender.dueAt(), head);
    if (dueAt >= this.#timerAt) return;
    this.#cancelTimer();
    this.#timerAt = dueAt;
    this.#cancelTimer = this.#after(Math.max(0, Math.ceil(dueAt - this.#settings.clock.monotonic())), () => {
      this.#timerAt = Infinity;
      this.#pump();
    });
  }

  #status(online: boolean): Message {
    const { source, topics, bootId, version } = this.#settings;
    const seq = source.events.bounds().newest ?? 0;
    return statusMessage(topics, { online, bootId, epoch: source.epoch, seq, version });
  }

  /** Resolves either way: whatever was lost is published anew on the next connection. */
  async #publish(message: Message): Promise<void> {
    try {
      await this.#settings.publisher.publish(message);
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
    }
    this.#wake();
  }
}

function systemTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
