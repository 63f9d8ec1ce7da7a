/** Room for alarms when there is none left for readings: pages above the soft cap, and a file that is there to be deleted. */
import { StoreError } from '../errors.ts';
import { limitLog, openDatabase, setCap, USUAL_LOG_PAGES, type Db, type OpenOptions } from '../open.ts';
import { dropBallast, layBallast } from './ballast.ts';

/** What the soft cap is raised by, so that alarms are written when readings no longer are. */
const RESERVE_MEGABYTES = 16;
/** 512 KiB: a log of the usual length alone would use up the ballast, and is folded into the file only once it is that long. */
const RESERVE_LOG_PAGES = 128;

/** Opens the reserve for alarms. */
export function openReserve(db: Db, { file, maxMegabytes }: OpenOptions): void {
  dropBallast(file);
  setCap(db, maxMegabytes + RESERVE_MEGABYTES);
  limitLog(db, RESERVE_LOG_PAGES);
}

/** Puts the reserve back once there is room. False: the disk has none, and the reserve stays open. */
export function closeReserve(db: Db, { file, maxMegabytes }: OpenOptions): boolean {
  if (!layBallast(file)) return false;
  setCap(db, maxMegabytes);
  limitLog(db, USUAL_LOG_PAGES);
  return true;
}

/**
 * Opens the database, on a full disk with the room that the ballast makes. `reserved`: the reserve is in its place, and
 * readings have room. Throws StoreError.
 */
export function openWithReserve(options: OpenOptions): { readonly db: Db; readonly reserved: boolean } {
  const db = openWithBallast(options);
  const reserved = closeReserve(db, options);
  if (!reserved) openReserve(db, options);
  return { db, reserved };
}

function openWithBallast(options: OpenOptions): Db {
  try {
    return openDatabase(options);
  } catch (error) {
    if (!(error instanceof StoreError) || (error.code !== 'full' && error.code !== 'unwritable')) throw error;
    dropBallast(options.file);
    return openDatabase(options);
  }
}
