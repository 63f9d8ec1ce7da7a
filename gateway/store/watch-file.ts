/** Looks after the database's file while it is written: who deletes, replaces or damages it is not noticed by those who write. */
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isDamaged } from './errors.ts';

const EVERY_MS = 10_000;

export interface FileWatch {
  /** What is wrong with the file, for a person; null when nothing is. */
  readonly trouble: () => string | null;
  readonly stop: () => void;
}

/** `onTrouble` is called when something is found to be wrong, and with null when that is over. The file is there when this is called. */
export function watchFile(file: string, onTrouble: (reason: string | null) => void, everyMs = EVERY_MS): FileWatch {
  const { ino } = statSync(file);
  let trouble: string | null = null;
  const timer = setInterval(() => {
    const found = troubleOf(file, ino);
    const isNews = found !== trouble;
    trouble = found;
    if (isNews) onTrouble(found);
  }, everyMs).unref();
  return { trouble: () => trouble, stop: () => clearInterval(timer) };
}

function troubleOf(file: string, ino: number): string | null {
  const now = statSync(file, { throwIfNoEntry: false });
  const lost = 'what is recorded now is lost with the next start: stop the gateway and restore the newest backup';
  if (!now) return `the database ${file} has been deleted or moved away; ${lost}`;
  if (now.ino !== ino) return `the database ${file} has been replaced by another file; ${lost}`;
  return damageOf(file);
}

/** A fresh connection reads what those that are open have in memory. */
function damageOf(file: string): string | null {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    db.prepare('SELECT count(*) FROM meta').get();
    return null;
  } catch (error) {
    if (!isDamaged(error)) return null;
    const message = error instanceof Error ? error.message : String(error);
    return `the database ${file} is damaged (${message}): stop the gateway, move it away and restore the newest backup`;
  } finally {
    db?.close();
  }
}
