/** One store has one gateway: two would tell each event twice, and one would delete what the other writes. */
import { existsSync, realpathSync } from 'node:fs';
import Database from 'better-sqlite3';
import { sqliteCodeOf, StoreError } from './errors.ts';

/** What is held: a connection that nobody refers to is swept away, and its lock with it. */
const held = new Set<Database.Database>();

/**
 * Takes the store for this process, until the function that it returns is called or the process ends, however it ends: the lock
 * is the kernel's, on a file beside the database. Throws StoreError where another gateway has it.
 */
export function lockStore(file: string): () => void {
  const lock = new Database(`${existsSync(file) ? realpathSync(file) : file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!sqliteCodeOf(error).startsWith('SQLITE_BUSY')) return () => undefined;
    throw new StoreError(
      'inUse',
      `${file} is the store of a gateway that is running: stop that one first, or point store.file at another file`,
      error,
    );
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
}
