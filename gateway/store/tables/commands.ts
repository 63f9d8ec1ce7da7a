/** Commands as rows. Every step is on the disk before the next: what is marked sent is never sent again. */
import type { Value } from '../../../drivers/contract.ts';
import type { writeEvents } from './events.ts';
import type { Db } from '../open.ts';
import type { CommandRow, CommandState } from '../rows.ts';

interface Columns {
  id: string;
  device: string;
  action: string;
  value: string;
  by: string;
  via: string;
  state: CommandState;
  accepted_at: number;
  expires_at: number;
  sent_at: number | null;
  finished_at: number | null;
  result: string | null;
  error: string | null;
}

export type NewCommand = Pick<
  CommandRow,
  'id' | 'device' | 'action' | 'value' | 'by' | 'via' | 'acceptedAt' | 'expiresAt'
>;

export interface CommandEnd {
  readonly state: Extract<CommandState, 'done' | 'failed' | 'expired'>;
  /** Whether any of it has left, or may have: a mark that it is sent is taken back where nothing has. */
  readonly left: boolean;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

/** What became of a request: `row` is the command's, or the one that had its id before. */
export type CommandTaken =
  | { readonly kind: 'accepted' | 'existing'; readonly row: CommandRow }
  | { readonly kind: 'busy'; readonly unfinished: number };

/** What the writer does to commands, each within a transaction of the caller. */
export function writeCommands(db: Db, events: ReturnType<typeof writeEvents>) {
  const insert = db.prepare(
    `INSERT INTO commands (id, device, action, value, by, via, state, accepted_at, expires_at)
     VALUES (@id, @device, @action, @value, @by, @via, 'accepted', @acceptedAt, @expiresAt) RETURNING *`,
  );
  const sent = db.prepare("UPDATE commands SET state = 'sent', sent_at = ? WHERE id = ? AND state = 'accepted'");
  const end = db.prepare(
    `UPDATE commands SET state = ?, finished_at = ?, sent_at = CASE WHEN ? THEN sent_at END, result = ?, error = ?
     WHERE id = ? AND state IN ('accepted', 'sent') RETURNING *`,
  );
  const one = db.prepare('SELECT * FROM commands WHERE id = ?');
  const load = db.prepare("SELECT count(*) FROM commands WHERE state IN ('accepted', 'sent') AND device = ?").pluck();

  return {
    /** Takes an id once, and no more than `mostUnfinished` commands of a device at a time. */
    accept(command: NewCommand, mostUnfinished: number): CommandTaken {
      const existing = one.get(command.id) as Columns | undefined;
      if (existing) return { kind: 'existing', row: toRow(existing) };
      const unfinished = load.get(command.device) as number;
      if (unfinished >= mostUnfinished) return { kind: 'busy', unfinished };
      const row = insert.get({ ...command, value: JSON.stringify(command.value) }) as Columns;
      return { kind: 'accepted', row: toRow(row) };
    },
    /** True for the one caller that may send it. */
    markSent(id: string, now: number): boolean {
      return sent.run(now, id).changes === 1;
    },
    /** Ends a command and puts its result into the feed. The first end stands. */
    finish(id: string, { state, left, result, error }: CommandEnd, now: number): void {
      const ended = end.get(state, now, Number(left), result ? JSON.stringify(result) : null, error ?? null, id);
      if (!ended) return;
      const row = toRow(ended as Columns);
      events.append({ domain: 'command', type: row.state, source: row.device, at: now, data: { ...row } }, now);
    },
  };
}

export function readCommands(db: Db) {
  const one = db.prepare('SELECT * FROM commands WHERE id = ?');
  const unfinished = db.prepare("SELECT * FROM commands WHERE state IN ('accepted', 'sent') ORDER BY accepted_at");
  const wanted = 'accepted_at < @before AND (@device IS NULL OR device = @device)';
  const newest = db.prepare(
    `SELECT * FROM commands WHERE ${wanted} AND accepted_at >= ifnull(
       (SELECT accepted_at FROM commands WHERE ${wanted} ORDER BY accepted_at DESC LIMIT 1 OFFSET @limit - 1), 0)
     ORDER BY accepted_at DESC, id`,
  );

  return {
    get(id: string): CommandRow | undefined {
      const row = one.get(id) as Columns | undefined;
      return row && toRow(row);
    },
    unfinished(): CommandRow[] {
      return (unfinished.all() as Columns[]).map(toRow);
    },
    /** Newest first; more than `limit` where the last few came in the same millisecond, so that a page never cuts one. */
    list({ device, before, limit }: { device?: string | undefined; before: number; limit: number }): CommandRow[] {
      return (newest.all({ device: device ?? null, before, limit }) as Columns[]).map(toRow);
    },
  };
}

function toRow(row: Columns): CommandRow {
  return {
    id: row.id,
    device: row.device,
    action: row.action,
    value: JSON.parse(row.value) as Value,
    by: row.by,
    via: row.via,
    state: row.state,
    acceptedAt: row.accepted_at,
    expiresAt: row.expires_at,
    sentAt: row.sent_at,
    finishedAt: row.finished_at,
    result: row.result === null ? null : (JSON.parse(row.result) as Record<string, unknown>),
    error: row.error,
  };
}
