/** Requests to cut a home's supply or to give it back: two people stand behind each. */
import type { Db } from '../open.ts';
import type { SupplyRequestRow } from '../rows.ts';

interface Columns {
  readonly id: string;
  readonly device: string;
  readonly action: string;
  readonly by: string;
  readonly note: string;
  readonly at: number;
  readonly expires_at: number;
  readonly confirmed_by: string | null;
  readonly confirmed_at: number | null;
  readonly withdrawn_by: string | null;
}

export type NewSupplyRequest = Omit<SupplyRequestRow, 'confirmedBy' | 'confirmedAt' | 'withdrawnBy'>;

const OPEN = 'confirmed_by IS NULL AND withdrawn_by IS NULL';

export function writeSupplyRequests(db: Db) {
  const insert = db.prepare(
    `INSERT INTO supply_requests (id, device, action, by, note, at, expires_at)
     VALUES (@id, @device, @action, @by, @note, @at, @expiresAt)`,
  );
  const confirm = db.prepare(
    `UPDATE supply_requests SET confirmed_by = ?, confirmed_at = ? WHERE id = ? AND ${OPEN} AND expires_at > ? AND by <> ?`,
  );
  const withdraw = db.prepare(`UPDATE supply_requests SET withdrawn_by = ? WHERE id = ? AND ${OPEN}`);
  return {
    /** Within a transaction of the caller, as all of these. */
    ask: (request: NewSupplyRequest): void => void insert.run(request),
    /** True for the one who confirms it in time, and is not the one who asked. */
    confirm: (id: string, by: string, now: number): boolean => confirm.run(by, now, id, now, by).changes === 1,
    withdraw: (id: string, by: string): boolean => withdraw.run(by, id).changes === 1,
  };
}

export function readSupplyRequests(db: Db) {
  const one = db.prepare('SELECT * FROM supply_requests WHERE id = ?');
  const newest = db.prepare('SELECT * FROM supply_requests WHERE at < ? ORDER BY at DESC, id LIMIT ?');
  return {
    get(id: string): SupplyRequestRow | undefined {
      const row = one.get(id) as Columns | undefined;
      return row && toRow(row);
    },
    /** Newest first. */
    list: (before: number, limit: number): SupplyRequestRow[] => (newest.all(before, limit) as Columns[]).map(toRow),
  };
}

function toRow(row: Columns): SupplyRequestRow {
  const { id, device, action, by, note, at } = row;
  return {
    ...{ id, device, action, by, note, at, expiresAt: row.expires_at },
    ...{ confirmedBy: row.confirmed_by, confirmedAt: row.confirmed_at, withdrawnBy: row.withdrawn_by },
  };
}
