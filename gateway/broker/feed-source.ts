/** What the broker side needs of the store, and no more. The store fulfils it; tests do in memory. Types only. */
import type { AlarmRow, Collected, DeviceRow, EventRow, PointRow } from '../store/rows.ts';

/** Live alarms overtake everything else: they have a lane of their own. */
export type Lane = 'alarm' | 'event';

/** What is written resolves when it is on the disk. */
export interface OutboxSource {
  /** Rows of one lane after `after` (exclusive), oldest first. */
  next(lane: Lane, after: number, limit: number): readonly { readonly seq: number }[];
  /** The broker has accepted these; with `ack: watermark` they are not done yet. `now`: Unix milliseconds. */
  sent(seqs: readonly number[], now: number): Promise<void>;
  /** These have arrived. */
  done(seqs: readonly number[]): Promise<void>;
  /** The consumer has committed everything up to `seq`; ends rows that were sent. Returns how many. */
  doneThrough(seq: number): Promise<number>;
  /** Refused for ever: out of the way, and kept. `now`: Unix milliseconds. */
  deadLetter(seq: number, reason: string, now: number): Promise<void>;
  /** The newest dead letters, newest first. */
  listDeadLetters(limit: number): readonly DeadLetter[];
}

export interface DeadLetter {
  readonly seq: number;
  readonly reason: string;
}

export interface EventSource {
  get(seq: number): EventRow | undefined;
  /** Oldest first. */
  list(query: { readonly after: number; readonly domain: string; readonly limit: number }): readonly EventRow[];
  bounds(): { readonly oldest: number | null; readonly newest: number | null };
  /** The newest seq of one domain; 0 when there is none. */
  lastSeq(domain: string): number;
}

export type DeviceState = Omit<DeviceRow, 'knowledge'>;

/** What one commit changed. Rows are as committed; called after the commit, in commit order. */
export interface FeedChange {
  readonly points?: readonly PointRow[];
  readonly devices?: readonly DeviceState[];
  readonly alarms?: readonly AlarmRow[];
  /** What meters answered. */
  readonly collected?: readonly Collected[];
  /** How many outbox rows were added. */
  readonly events?: number;
  /** No longer configured: their retained topics are deleted. */
  readonly removed?: Removed;
}

export interface Removed {
  readonly points?: readonly { readonly device: string; readonly point: string }[];
  readonly devices?: readonly string[];
  readonly alarms?: readonly string[];
}

export interface FeedSource {
  /** Changes when the database is restored or recreated. */
  readonly epoch: number;
  readonly outbox: OutboxSource;
  readonly events: EventSource;
  readonly points: { list(): readonly PointRow[] };
  readonly devices: { list(): readonly DeviceState[] };
  readonly alarms: {
    list(which: 'all' | 'nonNormal'): readonly AlarmRow[];
    /** The seq of the newest alarm event, though the journal may have it no more; 0 before the first. */
    newestRev(): number;
  };
  /** Whether a write that failed with `error` may succeed later: a full disk, a lock. Anything else is a programmer's error. */
  mayPass(error: unknown): boolean;
  /** Returns what ends the subscription. */
  onChange(listener: (change: FeedChange) => void): () => void;
}
