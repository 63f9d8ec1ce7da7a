/** How each home stands: armed or not, and which delay was under way. */
import type { Db } from '../open.ts';
import type { HomeRow } from '../rows.ts';

const PREFIX = 'home:';

export function writeHomes(db: Db) {
  const keep = db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  return {
    keep(row: HomeRow): void {
      keep.run(`${PREFIX}${row.home}`, JSON.stringify(row));
    },
  };
}

export function readHomes(db: Db) {
  const all = db.prepare(`SELECT value FROM meta WHERE key GLOB '${PREFIX}*'`).pluck();
  return {
    /** Those that were ever armed or disarmed. */
    list: (): HomeRow[] => (all.all() as string[]).map((value) => JSON.parse(value) as HomeRow),
  };
}
