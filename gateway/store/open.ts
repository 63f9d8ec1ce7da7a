/** Opens the database file: one connection that writes, every commit on the disk before it counts; any number that read. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { isDamaged, isFull, mayPass, StoreError } from './errors.ts';
import { migrations } from './migrations/index.ts';
import { fillOccurrences } from './tables/fill-occurrences.ts';

export type Db = Database.Database;

export interface OpenOptions {
  readonly file: string;
  readonly site: string;
  /** Soft cap of the file; `reserve` raises it for alarms. */
  readonly maxMegabytes: number;
  /** Unix milliseconds. */
  readonly now: number;
}

const PAGE_BYTES = 4096;
/** Of each connection; the library would take 16 MB. What is read and written is mostly what has just been written. */
const CACHE_KB = 4_000;

/** Opens, checks and migrates. Throws StoreError with what is wrong and what to do. */
export function openDatabase(options: OpenOptions): Db {
  const db = connect(options.file);
  try {
    refuseForeign(db, options);
    setUp(db, options);
    migrate(db, options);
    return db;
  } catch (error) {
    db.close();
    throw explain(error, options.file);
  }
}

/** For reading beside the writer: what is committed, never what is being written. The file has been opened for writing before. */
export function openForReading(file: string): Db {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  db.pragma('busy_timeout = 5000');
  db.pragma(`cache_size = -${CACHE_KB}`);
  return db;
}

function connect(file: string): Db {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return new Database(file);
  } catch (error) {
    throw explain(error, file);
  }
}

function setUp(db: Db, { maxMegabytes }: OpenOptions): void {
  db.pragma('busy_timeout = 5000');
  db.pragma(`page_size = ${PAGE_BYTES}`);
  db.pragma(`cache_size = -${CACHE_KB}`);
  db.pragma('journal_mode = WAL');
  // The library is built with NORMAL, which loses committed rows in a power cut.
  db.pragma('synchronous = FULL');
  if (db.pragma('synchronous', { simple: true }) !== 2)
    throw new StoreError('unwritable', 'SQLite refused synchronous=FULL');
  db.pragma('foreign_keys = ON');
  db.pragma(`journal_size_limit = ${16 * 1024 * 1024}`);
  setCap(db, maxMegabytes);
}

/** The most the file may grow to, in megabytes. */
export function setCap(db: Db, megabytes: number): void {
  db.pragma(`max_page_count = ${Math.floor((megabytes * 1024 * 1024) / PAGE_BYTES)}`);
}

/** Reads only: a file that is not for this program and this site stays as it is. */
function refuseForeign(db: Db, { file, site }: OpenOptions): void {
  const version = versionOf(db);
  if (version > migrations.length) {
    throw new StoreError(
      'newer',
      `${file} was written by a newer version (schema ${version}, this program knows ${migrations.length}): run the newer version, or point store.file at another file`,
    );
  }
  if (version === 0) return;
  const owner = db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get('site');
  if (owner !== site) {
    throw new StoreError(
      'otherSite',
      `${file} belongs to the site ${String(owner)}, not ${site}: point store.file at another file`,
    );
  }
}

/** SQLite's own: so many pages in the log, and it is folded into the file. */
export const USUAL_LOG_PAGES = 1_000;

/** Folds the log into the file now, and from now on whenever it has `pages`. A reader, or a full disk, may keep it from that. */
export function limitLog(db: Db, pages: number): void {
  db.pragma(`wal_autocheckpoint = ${pages}`);
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!mayPass(error)) throw error;
  }
}

/** Writes only where there is something to migrate: a file that is up to date opens on a disk without any room. */
function migrate(db: Db, { site, now }: OpenOptions): void {
  const version = versionOf(db);
  if (version === migrations.length) return;
  db.transaction(() => {
    for (const migration of migrations.slice(version)) db.exec(migration);
    fillOccurrences(db);
    db.pragma(`user_version = ${migrations.length}`);
    // A new file begins a new epoch: an event's id is never given out twice, whatever is restored or recreated.
    const insert = db.prepare('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)');
    insert.run('epoch', String(Math.floor(now / 1000)));
    insert.run('site', site);
  })();
}

function versionOf(db: Db): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** What `work` reads from a file that may be damaged; throws StoreError where it is. */
export function orExplain<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isDamaged(error) ? explain(error, file) : error;
  }
}

/** Turns SQLite's words into what a person can act on. */
export function explain(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isDamaged(error)) {
    return new StoreError(
      'corrupt',
      `${file} is not a database that can be read, or is damaged (${message}): move it away, restore the newest backup`,
      error,
    );
  }
  if (isFull(error)) return new StoreError('full', `${file}: no room left (${message})`, error);
  return new StoreError('unwritable', `${file} cannot be opened for writing (${message})`, error);
}
