/**
 * The outbox on its way to the broker. Three streams: live alarms, alarms that waited while the broker was away, and
 * everything else; in this order of urgency, each with a window of its own, so that none can hold up another.
 */
import type { Lane } from '../feed-source.ts';
import { OutboxStream } from './outbox-stream.ts';
import { RESEND_AFTER_MS, ResendSweep } from './resend-sweep.ts';
import { RowPublisher, type RowCounters, type RowSettings } from './row-publisher.ts';
import { TokenBucket } from './token-bucket.ts';

const WINDOW = 64;
/** How long to wait for more tokens. */
const PAUSE_MS = 50;

export interface SenderSettings extends Omit<RowSettings, 'accepted'> {
  /** An alarm event was handed to the broker. */
  readonly alarmSent: (seq: number) => void;
}

export class OutboxSender {
  readonly #settings: SenderSettings;
  readonly #rows: RowPublisher;
  readonly #liveAlarms: OutboxStream;
  readonly #lateAlarms: OutboxStream;
  readonly #events: OutboxStream;
  readonly #streams: readonly OutboxStream[];
  readonly #sweeps: ReadonlyMap<Lane, ResendSweep>;
  readonly #resending = new Set<number>();
  readonly #bucket: TokenBucket;
  /** Alarm events up to here are the late stream's. */
  #split = 0;
  /** The backlog waits for tokens until then, monotonic. */
  #pausedUntil: number | null = null;
  #resent = 0;

  constructor(settings: SenderSettings) {
    const { outbox } = settings.source;
    this.#settings = settings;
    this.#rows = new RowPublisher({ ...settings, accepted: () => this.proven() });
    this.#liveAlarms = new OutboxStream(outbox, 'alarm', WINDOW);
    this.#lateAlarms = new OutboxStream(outbox, 'alarm', WINDOW);
    this.#events = new OutboxStream(outbox, 'event', WINDOW);
    this.#streams = [this.#liveAlarms, this.#lateAlarms, this.#events];
    this.#bucket = new TokenBucket(settings.clock.monotonic());
    const lanes: readonly Lane[] = settings.ack === 'watermark' ? ['alarm', 'event'] : [];
    this.#sweeps = new Map(lanes.map((lane) => [lane, new ResendSweep(outbox, lane)]));
  }

  /** `resent`: sent again because no watermark covered them, or no PUBACK came. */
  get counters(): Readonly<RowCounters> & { readonly resent: number } {
    return { ...this.#rows.counters, resent: this.#resent };
  }

  /** True while rows are sent alone, to see which it is that the broker hangs up on. */
  get careful(): boolean {
    return this.#rows.quarantine.careful;
  }

  /** Whether the event that made this revision of an alarm's state is on its way: event first, then state. */
  mayPublishState(rev: number): boolean {
    const { waiting, cursor } = this.#liveAlarms;
    return rev <= this.#split || !waiting || rev <= cursor;
  }

  /** The broker is there (again): begin at the oldest row that it has not accepted. To be called after `flush`. */
  connected(): void {
    const late = this.#lateAlarms;
    const lateIsDone = late.inFlight === 0 && !late.waiting;
    const alarmsAfter = lateIsDone ? this.#liveAlarms.resumeAfter : late.resumeAfter;
    this.#rows.quarantine.connected();
    this.#resending.clear();
    this.#split = this.#settings.source.events.lastSeq('alarm');
    late.restart({ after: alarmsAfter, through: this.#split });
    this.#liveAlarms.restart({ after: this.#split, through: Infinity });
    this.#events.restart({ after: this.#events.resumeAfter, through: Infinity });
  }

  /** `count` rows were added. */
  added(count: number): void {
    this.#bucket.sawLive(count, this.#settings.clock.monotonic());
    this.#liveAlarms.wake();
    this.#events.wake();
  }

  /** The consumers have committed everything up to `seq`. */
  committedThrough(seq: number): void {
    this.#rows.settlement.committedThrough(seq);
  }

  /** Sends what may be sent now. */
  pump(): void {
    const now = this.#settings.clock.monotonic();
    for (const stream of this.#streams) {
      if ((stream.oldestSentAt() ?? Infinity) + RESEND_AFTER_MS > now) continue;
      this.#resent += stream.inFlight;
      stream.rewind();
    }
    if ((this.#rows.settlement.dueAt() ?? Infinity) <= now) void this.flush();
    if (this.#pausedUntil !== null && this.#pausedUntil <= now) this.#pausedUntil = null;
    if (this.careful) this.#pumpOne(now);
    else this.#pumpAll(now);
  }

  /** The broker has accepted something: the connection is good, and who was set aside is tried on it. */
  proven(): void {
    if (this.#rows.quarantine.proven()) for (const stream of this.#streams) stream.rewind();
  }

  /** Tells the store at once what has arrived; resolves when it has written that, or cannot now. */
  async flush(): Promise<void> {
    const ended = await this.#rows.settlement.flush();
    for (const sweep of this.#sweeps.values()) sweep.confirmed(ended);
    this.#settings.wake();
  }

  /** Monotonic time at which `pump` has something to do although nothing happens; Infinity: never. */
  dueAt(): number {
    const sweeps = this.careful ? [] : [...this.#sweeps.values()];
    return Math.min(
      this.#pausedUntil ?? Infinity,
      this.#rows.settlement.dueAt() ?? Infinity,
      ...this.#streams.map((stream) => (stream.oldestSentAt() ?? Infinity) + RESEND_AFTER_MS),
      ...sweeps.map((sweep) => sweep.dueAt() ?? Infinity),
    );
  }

  #pumpAll(now: number): void {
    for (const stream of this.#streams) while (this.#sendNext(stream, now));
    for (const [lane, sweep] of this.#sweeps) this.#resend(lane, sweep, now);
  }

  #pumpOne(now: number): void {
    if (this.#resending.size > 0 || this.#streams.some(({ inFlight }) => inFlight > 0)) return;
    for (const stream of this.#streams) {
      // What is passed over frees its turn: go on until one is in flight, or none is left.
      while (stream.inFlight === 0 && this.#sendNext(stream, now));
      if (stream.inFlight > 0) return;
    }
    // Nothing is left: whoever was suspect has gone another way.
    if (!this.#streams.some(({ waiting }) => waiting)) this.#rows.quarantine.clear();
  }

  /** False: nothing more of this stream can be sent now. */
  #sendNext(stream: OutboxStream, now: number): boolean {
    const isEvent = stream === this.#events;
    if (isEvent && this.#pausedUntil !== null) return false;
    const seq = stream.peek();
    if (seq === undefined) return false;
    if (this.#rows.quarantine.isAside(seq)) {
      stream.passOver(seq);
      return true;
    }
    const row = this.#rows.find(seq);
    if (isEvent && row.late && this.#bucket.take(1, now) === 0) {
      this.#pausedUntil = now + PAUSE_MS;
      return false;
    }
    const sent = this.#rows.publish(row, () => stream.landed(seq));
    stream.took(seq, now);
    this.#sweeps.get(isEvent ? 'event' : 'alarm')?.sent(seq, now);
    if (sent && !isEvent) this.#settings.alarmSent(seq);
    return true;
  }

  #resend(lane: Lane, sweep: ResendSweep, now: number): void {
    const room = WINDOW - this.#resending.size;
    const granted = lane === 'event' ? this.#bucket.take(room, now) : room;
    const seqs = sweep.take(now, granted);
    if (lane === 'event') this.#bucket.giveBack(granted - seqs.length);
    if (granted === 0 && room > 0 && sweep.unfinished) this.#pausedUntil ??= now + PAUSE_MS;
    this.#resent += seqs.length;
    for (const seq of seqs) {
      this.#resending.add(seq);
      this.#rows.publish(this.#rows.find(seq), () => this.#resending.delete(seq));
    }
  }
}
