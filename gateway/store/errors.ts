/** Why a store cannot be opened or written. */
import Database from 'better-sqlite3';

/** For a person: what is wrong with the file at the start, and what to do. */
export type StoreErrorCode = 'newer' | 'corrupt' | 'unwritable' | 'full' | 'otherSite' | 'inUse';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** A write that the writer's thread could not do now, and may do later. `code`: SQLite's, such as SQLITE_FULL. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Whether a write failed for want of room: the cap of the file, or the disk itself. */
export function isFull(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR_WRITE)$/.test(sqliteCodeOf(error));
}

/** Whether a write may succeed later without anybody mending the program: room, a lock, a disk or a file that comes back. */
export function mayPass(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM)/.test(sqliteCodeOf(error)) || isDamaged(error);
}

/** Whether the file is not what this program has written. */
export function isDamaged(error: unknown): boolean {
  const isSchema = error instanceof Error && /^no such (table|column)/.test(error.message);
  return /^SQLITE_(NOTADB|CORRUPT)/.test(sqliteCodeOf(error)) || (sqliteCodeOf(error) === 'SQLITE_ERROR' && isSchema);
}

/** SQLite's code; empty for any other error. */
export function sqliteCodeOf(error: unknown): string {
  return error instanceof WriteError || error instanceof Database.SqliteError ? error.code : '';
}
