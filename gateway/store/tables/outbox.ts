/** What has not left the box yet: one row per event, done only when it is known to have arrived. */
import type { Db } from '../open.ts';

export type Lane = 'alarm' | 'event';

export interface OutboxRow {
  readonly seq: number;
  readonly lane: Lane;
  readonly attempts: number;
  readonly sentAt: number | null;
}

export interface DeadLetter {
  readonly seq: number;
  readonly reason: string;
  readonly at: number;
}

/** What the writer does to the outbox, each within a transaction of the caller. */
export function writeOutbox(db: Db) {
  const sent = db.prepare('UPDATE outbox SET attempts = attempts + 1, sent_at = ? WHERE seq = ?');
  const done = db.prepare('DELETE FROM outbox WHERE seq = ?');
  const doneThrough = db.prepare('DELETE FROM outbox WHERE seq <= ? AND attempts > 0');
  const bury = db.prepare('INSERT OR REPLACE INTO dead_letters (seq, reason, at) VALUES (?, ?, ?)');

  return {
    /** Notes one more attempt at each. */
    sent(seqs: readonly number[], now: number): void {
      for (const seq of seqs) sent.run(now, seq);
    },
    /** These have arrived. */
    done(seqs: readonly number[]): void {
      for (const seq of seqs) done.run(seq);
    },
    /** The consumer has committed everything up to `seq`. Returns how many rows that ended. */
    doneThrough(seq: number): number {
      return doneThrough.run(seq).changes;
    },
    /** This one is refused for ever: out of the way, and kept. */
    deadLetter(seq: number, reason: string, now: number): void {
      bury.run(seq, reason, now);
      done.run(seq);
    },
  };
}

export function readOutbox(db: Db) {
  const next = db.prepare(
    'SELECT seq, lane, attempts, sent_at AS sentAt FROM outbox WHERE lane = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const count = db.prepare('SELECT lane, count(*) AS waiting, min(seq) AS oldest FROM outbox GROUP BY lane');
  const dead = db.prepare('SELECT count(*) FROM dead_letters').pluck();
  const newestDead = db.prepare('SELECT seq, reason, at FROM dead_letters ORDER BY seq DESC LIMIT ?');

  return {
    /** Rows of one lane after `after` (exclusive), oldest first. */
    next(lane: Lane, after: number, limit: number): OutboxRow[] {
      return next.all(lane, after, limit) as OutboxRow[];
    },
    waiting(): { lane: Lane; waiting: number; oldest: number }[] {
      return count.all() as { lane: Lane; waiting: number; oldest: number }[];
    },
    deadLetters(): number {
      return dead.get() as number;
    },
    /** The newest, newest first. */
    listDeadLetters(limit: number): DeadLetter[] {
      return newestDead.all(limit) as DeadLetter[];
    },
  };
}
