/**
 * A file that is there to be deleted: on a full disk even a DELETE and a checkpoint fail, and this is the room for them. The
 * cap of the database does not help there, since it is other programs' files that have filled the disk.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';

const BALLAST_BYTES = 4 * 1024 * 1024;

function ballastOf(file: string): string {
  return `${file}.ballast`;
}

/** Where there is no room for it now, it is laid at the next start or when there is room again. */
export function layBallast(file: string): void {
  const ballast = ballastOf(file);
  if (existsSync(ballast)) return;
  try {
    writeFileSync(ballast, Buffer.alloc(BALLAST_BYTES));
  } catch {
    rmSync(ballast, { force: true });
  }
}

/** The room is there for whoever writes next. */
export function dropBallast(file: string): void {
  rmSync(ballastOf(file), { force: true });
}
