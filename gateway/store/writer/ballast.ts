/**
 * A file that is there to be deleted: on a full disk even a DELETE and a checkpoint fail, and this is the room for them. The
 * cap of the database does not help there, since it is other programs' files that have filled the disk.
 */
import { randomBytes } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';

const BALLAST_BYTES = 4 * 1024 * 1024;

function ballastOf(file: string): string {
  return `${file}.ballast`;
}

/** Whether it lies there now. Where there is no room for it, it is laid at the next start or when there is room again. */
export function layBallast(file: string): boolean {
  const ballast = ballastOf(file);
  try {
    // After a power cut there may be less of it than was written.
    if (statSync(ballast, { throwIfNoEntry: false })?.size === BALLAST_BYTES) return true;
    // A disk that compresses would keep zeros in no room at all.
    writeFileSync(ballast, randomBytes(BALLAST_BYTES));
    return true;
  } catch {
    dropBallast(file);
    return false;
  }
}

/** The room is there for whoever writes next. */
export function dropBallast(file: string): void {
  try {
    rmSync(ballastOf(file), { force: true });
  } catch {
    // A disk that takes no changes has no room to give; whoever writes next will be told so.
  }
}
