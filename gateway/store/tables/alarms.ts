/** The state of every alarm that was ever raised. Its history is in events, domain `alarm`. */
import type { Db } from '../open.ts';
import type { AlarmRow } from '../rows.ts';

/** What rows of older versions do not say. */
const NEWER = { announcedAt: null, shelving: null, suppressedBy: [], permit: null, drillEndsAt: null };

export function writeAlarms(db: Db) {
  const upsert = db.prepare(
    `INSERT INTO alarms (alarm, letter, priority, type, source, rev, changed_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (alarm) DO UPDATE SET letter = excluded.letter, priority = excluded.priority, type = excluded.type,
       source = excluded.source, rev = excluded.rev, changed_at = excluded.changed_at, state = excluded.state`,
  );

  return {
    /** Within a transaction of the caller. */
    write(row: AlarmRow): void {
      const { alarm, letter, priority, type, source, rev, changedAt } = row;
      upsert.run(alarm, letter, priority, type, source, rev, changedAt, JSON.stringify(row));
    },
  };
}

export function readAlarms(db: Db) {
  const all = db.prepare('SELECT state FROM alarms ORDER BY priority, changed_at DESC').pluck();
  const nonNormal = db
    .prepare("SELECT state FROM alarms WHERE letter <> 'A' ORDER BY priority, changed_at DESC")
    .pluck();
  const one = db.prepare('SELECT state FROM alarms WHERE alarm = ?').pluck();
  const newestRev = db.prepare('SELECT ifnull(max(rev), 0) FROM alarms').pluck();
  const parse = (state: unknown): AlarmRow => ({ ...NEWER, ...(JSON.parse(String(state)) as AlarmRow) });

  return {
    /** Most urgent first, then newest first. */
    list(which: 'all' | 'nonNormal'): AlarmRow[] {
      return (which === 'all' ? all : nonNormal).all().map(parse);
    },
    /** The seq of the newest alarm event, though the journal may have it no more; 0 before the first. */
    newestRev: (): number => newestRev.get() as number,
    get(alarm: string): AlarmRow | undefined {
      const state = one.get(alarm);
      return state === undefined ? undefined : parse(state);
    },
  };
}
