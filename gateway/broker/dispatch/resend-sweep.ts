/**
 * With `ack: watermark`: what no watermark has covered within 30 s is sent again, oldest first. Bounded: a consumer that
 * is away for a day costs a few rows per sweep; one that comes back gets the next rows as fast as it commits.
 */
import type { Lane, OutboxSource } from '../feed-source.ts';

export const RESEND_AFTER_MS = 30_000;
/** Rows are marked in groups of this time; so a resend may come this much later. */
const GROUP_MS = 1_000;
/** How far ahead of the watermark a sweep goes. */
const AHEAD = 200;

interface Mark {
  readonly dueAt: number;
  readonly groupEnds: number;
  through: number;
}

export class ResendSweep {
  readonly #outbox: Pick<OutboxSource, 'next'>;
  readonly #lane: Lane;
  #marks: Mark[] = [];
  #overdueThrough = 0;
  #cursor = 0;
  #allowance = 0;
  #nextSweepAt: number | null = null;

  constructor(outbox: Pick<OutboxSource, 'next'>, lane: Lane) {
    this.#outbox = outbox;
    this.#lane = lane;
  }

  /** `seq` was sent now for the first time on this connection. */
  sent(seq: number, now: number): void {
    const last = this.#marks.at(-1);
    if (last && now < last.groupEnds) last.through = Math.max(last.through, seq);
    else this.#marks.push({ dueAt: now + GROUP_MS + RESEND_AFTER_MS, groupEnds: now + GROUP_MS, through: seq });
  }

  /** A watermark has ended `count` rows: as many more may follow. */
  confirmed(count: number): void {
    this.#allowance = Math.min(AHEAD, this.#allowance + count);
  }

  /** There is more to send again, and the consumer keeps up. */
  get unfinished(): boolean {
    return this.#allowance > 0 && this.#cursor < this.#overdueThrough;
  }

  /** The rows to send again now. */
  take(now: number, limit: number): readonly number[] {
    this.#advance(now);
    const room = Math.min(limit, this.#allowance);
    if (room <= 0 || !this.unfinished) return [];
    const rows = this.#outbox.next(this.#lane, this.#cursor, room).map(({ seq }) => seq);
    const seqs = rows.filter((seq) => seq <= this.#overdueThrough);
    this.#cursor = seqs.length < room ? this.#overdueThrough : (seqs.at(-1) ?? this.#cursor);
    this.#allowance -= seqs.length;
    return seqs;
  }

  /** Monotonic time of the next thing to do; null: nothing was sent. */
  dueAt(): number | null {
    const mark = this.#marks[0]?.dueAt ?? Infinity;
    const due = Math.min(mark, this.#nextSweepAt ?? Infinity);
    return due === Infinity ? null : due;
  }

  #advance(now: number): void {
    for (let mark = this.#marks[0]; mark && mark.dueAt <= now; mark = this.#marks[0]) {
      this.#overdueThrough = Math.max(this.#overdueThrough, mark.through);
      this.#marks.shift();
      this.#nextSweepAt ??= now;
    }
    if (this.#nextSweepAt === null || now < this.#nextSweepAt) return;
    const waiting = this.#outbox.next(this.#lane, 0, 1)[0];
    const left = waiting !== undefined && waiting.seq <= this.#overdueThrough;
    this.#nextSweepAt = left ? now + RESEND_AFTER_MS : null;
    this.#cursor = left ? 0 : this.#overdueThrough;
    this.#allowance = left ? AHEAD : 0;
  }
}
