/** Places for a store that are soon full: a small disk of its own, and a file that has reached its cap. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';

export interface SmallDisk {
  /** Of the site file. */
  readonly store: { readonly file: string; readonly maxMegabytes?: number };
  /** Takes all room but the reserve. */
  readonly fill: () => void;
  /** Takes what the gateway has given back since, so that the reserve is in use and cannot be put back whole. */
  readonly fillAgain: () => void;
  /** Takes the reserve too. */
  readonly exhaust: () => void;
  /** Makes room again. */
  readonly clear: () => void;
}

const DISK_MEGABYTES = 24;
const CAP_MEGABYTES = 16;
/** By which the gateway raises its cap for alarms; on a full disk it has a file of 4 MiB to delete. */
const RESERVE_MEGABYTES = 16;
const HALF_THE_RESERVE = 2 * 1024 * 1024;

/** Whether this user may mount a disk at all. */
export function canMount(): boolean {
  try {
    const { unmount } = mount(mkdtempSync(join(tmpdir(), 'gatehouse-disk-')));
    unmount();
    return true;
  } catch {
    return false;
  }
}

/** A disk that another program fills. */
export function realDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-disk-'));
  onTestFinished(mount(folder).unmount);
  const other = join(folder, 'another-program');
  return {
    store: { file: join(folder, 'store.sqlite') },
    fill: () => append(other, 0),
    fillAgain: () => append(other, HALF_THE_RESERVE),
    exhaust: () => append(other, 0),
    clear: () => rmSync(other),
  };
}

/** A disk with room, and a file that may not grow: it has other rows in it. */
export function cappedFile(folder: string): SmallDisk {
  const file = join(folder, 'store.sqlite');
  const change = (work: (db: DatabaseSync) => void): void => {
    const db = new DatabaseSync(file, { timeout: 5_000 });
    work(db);
    db.close();
  };
  return {
    store: { file, maxMegabytes: CAP_MEGABYTES },
    fill: () => change((db) => grow(db, CAP_MEGABYTES)),
    fillAgain: () => undefined,
    exhaust: () => change((db) => grow(db, CAP_MEGABYTES + RESERVE_MEGABYTES)),
    clear: () => change((db) => db.exec('DROP TABLE other')),
  };
}

function mount(folder: string): { readonly unmount: () => void } {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MEGABYTES}m`, 'tmpfs', folder], { stdio: 'pipe' });
  return {
    unmount: () => {
      execFileSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

/** Writes until so many bytes of the disk are left. */
function append(file: string, left: number): void {
  const descriptor = openSync(file, 'a');
  const block = Buffer.alloc(4_096);
  const free = (): number => {
    const { bfree, bsize } = statfsSync(dirname(file));
    return bfree * bsize;
  };
  while (free() > left) writeSync(descriptor, block);
  closeSync(descriptor);
}

/** Fills the file to so many megabytes, free pages included. */
function grow(db: DatabaseSync, megabytes: number): void {
  const pages = (): number => Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
  const target = (megabytes * 1024 * 1024) / 4_096;
  db.exec('CREATE TABLE IF NOT EXISTS other (content BLOB)');
  const insert = db.prepare('INSERT INTO other VALUES (zeroblob(?))');
  while (pages() < target) insert.run(Math.max(1, target - pages() - 8) * 4_000);
}
