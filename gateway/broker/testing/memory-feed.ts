/** A store for tests, in memory: the same contract, and a look inside. */
import type { AlarmRow, EventRow, NewEvent, PointRow } from '../../store/rows.ts';
import type { DeadLetter, DeviceState, FeedChange, FeedSource, Lane } from '../feed-source.ts';

class FullError extends Error {}

export class MemoryFeed implements FeedSource {
  readonly epoch: number;
  readonly rows = new Map<number, EventRow>();
  /** seq → lane and how often it was sent, in order of seq. */
  readonly waiting = new Map<number, { readonly lane: Lane; attempts: number }>();
  readonly dead: DeadLetter[] = [];
  readonly pointRows = new Map<string, PointRow>();
  readonly deviceRows = new Map<string, DeviceState>();
  readonly alarmRows = new Map<string, AlarmRow>();
  /** While true, every write fails as on a full disk. */
  full = false;
  readonly #listeners = new Set<(change: FeedChange) => void>();
  readonly #now: () => number;
  #seq = 0;

  /** `now`: Unix milliseconds. */
  constructor(now: () => number, epoch = 1) {
    this.#now = now;
    this.epoch = epoch;
  }

  readonly outbox: FeedSource['outbox'] = {
    next: (lane, after, limit) =>
      [...this.waiting]
        .filter(([seq, row]) => row.lane === lane && seq > after)
        .slice(0, limit)
        .map(([seq]) => ({ seq })),
    sent: async (seqs) => {
      await this.#write();
      for (const seq of seqs) {
        const row = this.waiting.get(seq);
        if (row) row.attempts += 1;
      }
    },
    done: async (seqs) => {
      await this.#write();
      for (const seq of seqs) this.waiting.delete(seq);
    },
    doneThrough: async (through) => {
      await this.#write();
      const ended = [...this.waiting].filter(([seq, { attempts }]) => seq <= through && attempts > 0);
      for (const [seq] of ended) this.waiting.delete(seq);
      return ended.length;
    },
    deadLetter: async (seq, reason) => {
      await this.#write();
      this.waiting.delete(seq);
      this.dead.unshift({ seq, reason });
    },
    listDeadLetters: (limit) => this.dead.slice(0, limit),
  };

  readonly events: FeedSource['events'] = {
    get: (seq) => this.rows.get(seq),
    list: ({ after, domain, limit }) =>
      [...this.rows.values()].filter((row) => row.seq > after && row.domain === domain).slice(0, limit),
    bounds: () => ({ oldest: this.rows.keys().next().value ?? null, newest: this.#seq === 0 ? null : this.#seq }),
    lastSeq: (domain) => [...this.rows.values()].findLast((row) => row.domain === domain)?.seq ?? 0,
  };

  readonly points = { list: () => [...this.pointRows.values()] };
  readonly devices = { list: () => [...this.deviceRows.values()] };
  readonly alarms = {
    list: (which: 'all' | 'nonNormal') =>
      [...this.alarmRows.values()].filter(({ letter }) => which === 'all' || letter !== 'A'),
    newestRev: () => Math.max(0, ...[...this.alarmRows.values()].map(({ rev }) => rev)),
  };

  mayPass(error: unknown): boolean {
    return error instanceof FullError;
  }

  onChange(listener: (change: FeedChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: FeedChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Commits an event; returns its seq. */
  addEvent(event: Partial<NewEvent> = {}): number {
    const seq = this.#append({ domain: 'test', type: 'happened', source: 'd1', at: this.#now(), data: {}, ...event });
    this.tell({ events: 1 });
    return seq;
  }

  /** Commits an alarm transition and the state after it; returns the event's seq. */
  addAlarm(row: Partial<AlarmRow> & { readonly alarm: string }): number {
    const before = this.alarmRows.get(row.alarm) ?? normalAlarm(row.alarm);
    const after: AlarmRow = { ...before, letter: 'B', active: true, occurrenceId: 'o1', ...row };
    const { alarm, letter: to, occurrenceId, priority, source } = after;
    const data = { prevSeq: this.events.lastSeq('alarm'), alarm, occurrenceId, type: 'raise', from: before.letter, to };
    const rest = { by: null, note: null, priority };
    const seq = this.#append({ domain: 'alarm', type: 'raise', source, at: this.#now(), data: { ...data, ...rest } });
    const stored = { ...after, rev: seq, changedAt: this.#now() };
    this.alarmRows.set(alarm, stored);
    this.tell({ events: 1, alarms: [stored] });
    return seq;
  }

  setPoint(row: Partial<PointRow> & { readonly device: string; readonly point: string }): void {
    const point: PointRow = { value: 1, unit: 'V', quality: 'good', reason: null, at: this.#now(), ...row };
    this.pointRows.set(`${point.device}/${point.point}`, point);
    this.tell({ points: [point] });
  }

  /** As the real one, it takes a turn of the event loop. */
  async #write(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.full) throw new FullError();
  }

  #append(event: NewEvent): number {
    this.#seq += 1;
    const id = `gw-${this.epoch}-${this.#seq}`;
    this.rows.set(this.#seq, { ...event, seq: this.#seq, id, epoch: this.epoch, recordedAt: this.#now() });
    this.waiting.set(this.#seq, { lane: event.domain === 'alarm' ? 'alarm' : 'event', attempts: 0 });
    return this.#seq;
  }
}

/** An alarm that was never raised. */
export function normalAlarm(alarm: string): AlarmRow {
  const flags = { active: false, acked: true, latched: false, shelved: false, suppressed: false, outOfService: false };
  const times = { raisedAt: null, ackedAt: null, ackedBy: null, clearedAt: null, changedAt: 0 };
  const about = { alarm, source: 'lift1', device: 'd1', type: 'lift.fault', channel: null, priority: 3 };
  const counts = {
    occurrenceId: null,
    rev: 0,
    count: 1,
    escalation: 0,
    detectedAfterOutage: false,
    drill: false,
    drillEndsAt: null,
  };
  const hiding = { raisedWhileSuppressed: false, announcedAt: null, shelving: null, suppressedBy: [], permit: null };
  return { ...flags, ...hiding, ...times, ...about, letter: 'A', ...counts };
}
