/**
 * A file that is there to be deleted: on a full disk even a DELETE and a checkpoint fail, and this is the room for them. The
 * cap of the database does not help there, since it is other programs' files that have filled the disk.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';

const BALLAST_BYTES = 4 * 1024 * 1024;

function ballastOf(file: string): string {
  return `${file}.ballast`;
}

/** Whether it lies there now. Where there is no room for it, it is laid at the next start or when there is room again. */
export function layBallast(file: string): boolean {
  const ballast = ballastOf(file);
  if (existsSync(ballast)) return true;
  try {
    writeFileSync(ballast, Buffer.alloc(BALLAST_BYTES));
    return true;
  } catch {
    rmSync(ballast, { force: true });
    return false;
  }
}

/** The room is there for whoever writes next. */
export function dropBallast(file: string): void {
  rmSync(ballastOf(file), { force: true });
}
