/** How a billing thread reads: what is committed, all of it as of one moment; readings that arrive meanwhile are for the next draft. */
import { mayPass, sqliteCodeOf } from '../../../store/errors.ts';
import { openForReading } from '../../../store/open.ts';
import { readTables } from '../../../store/tables/index.ts';
import type { Failed } from './protocol.ts';

export type Tables = ReturnType<typeof readTables>;

/** Null when `work` is done. A mistake of the program throws. */
export function readStore(file: string, work: (tables: Tables) => void): Failed | null {
  try {
    const db = openForReading(file);
    const tables = readTables(db, '');
    // One transaction: all of it is of one moment.
    db.exec('BEGIN');
    work(tables);
    db.exec('COMMIT');
    db.close();
    return null;
  } catch (error) {
    if (!mayPass(error)) throw error;
    return { kind: 'failed', code: sqliteCodeOf(error), message: (error as Error).message };
  }
}
