/** Who did what: each row's hash covers the row before it, so a row cannot be changed or taken out unseen. */
import { createHash } from 'node:crypto';
import type { Db } from '../open.ts';

export interface AuditRow {
  readonly n: number;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

interface Columns extends Omit<AuditRow, 'detail'> {
  readonly detail: string;
}

function hashOf(previous: string, { at, who, what, detail }: Omit<Columns, 'n' | 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, at, who, what, detail]))
    .digest('hex');
}

export type AuditEntry = Pick<AuditRow, 'at' | 'who' | 'what' | 'detail'>;

export function writeAudit(db: Db) {
  const insert = db.prepare('INSERT INTO audit (at, who, what, detail, hash) VALUES (?, ?, ?, ?, ?)');
  const last = db.prepare('SELECT hash FROM audit ORDER BY n DESC LIMIT 1').pluck();

  return {
    /** Within a transaction of the caller. */
    append(entry: AuditEntry): void {
      const row = { ...entry, detail: JSON.stringify(entry.detail) };
      insert.run(row.at, row.who, row.what, row.detail, hashOf((last.get() as string | undefined) ?? '', row));
    },
  };
}

export function readAudit(db: Db) {
  const newest = db.prepare('SELECT * FROM audit WHERE n < ? ORDER BY n DESC LIMIT ?');
  const inOrder = db.prepare('SELECT * FROM audit ORDER BY n');

  return {
    /** Newest first; `before` (exclusive) pages backwards. */
    list(before: number, limit: number): AuditRow[] {
      const rows = newest.all(before, limit) as Columns[];
      return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }));
    },
    /** The `n` of the first row whose hash does not follow from the row before it; null when the chain holds. */
    firstBroken(): number | null {
      let previous = '';
      for (const row of inOrder.iterate() as IterableIterator<Columns>) {
        if (row.hash !== hashOf(previous, row)) return row.n;
        previous = row.hash;
      }
      return null;
    },
  };
}
