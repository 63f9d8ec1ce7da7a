/** The local store: one file, one writer, one object per thing kept. */
import { dropBallast, layBallast } from './ballast.ts';
import { createAlarms } from './alarms.ts';
import { createAudit } from './audit.ts';
import { createCommands } from './commands.ts';
import { createDevices } from './devices.ts';
import { StoreError } from './errors.ts';
import { createEvents } from './events.ts';
import { createGaps } from './gaps.ts';
import { createHistory } from './history.ts';
import { limitLog, openDatabase, setCap, USUAL_LOG_PAGES, type OpenOptions } from './open.ts';
import { createOutbox } from './outbox.ts';
import { createPoints } from './points.ts';

export interface StoreOptions extends OpenOptions {
  /** Names this gateway in the ids of its events. */
  readonly gateway: string;
}

/** What the soft cap is raised by, so that alarms are written when readings no longer are. */
const RESERVE_MEGABYTES = 16;
/** 512 KiB: a log of the usual length alone would use up the ballast, and is folded into the file only once it is that long. */
const RESERVE_LOG_PAGES = 128;

/** Opens the store. Throws StoreError with what is wrong and what to do. */
export function openStore(options: StoreOptions) {
  const db = openWithBallast(options);
  const epoch = Number(db.prepare("SELECT value FROM meta WHERE key = 'epoch'").pluck().get());
  const events = createEvents(db, options.gateway, epoch);
  return {
    epoch,
    file: options.file,
    points: createPoints(db),
    history: createHistory(db),
    devices: createDevices(db),
    events,
    alarms: createAlarms(db),
    outbox: createOutbox(db),
    commands: createCommands(db, events),
    audit: createAudit(db),
    gaps: createGaps(db),
    /** Runs `write` in one transaction: all of it is on the disk when this returns, or none of it. */
    transaction: <T>(write: () => T): T => db.transaction(write).immediate(),
    /** Opens the reserve for alarms. */
    openReserve(): void {
      dropBallast(options.file);
      setCap(db, options.maxMegabytes + RESERVE_MEGABYTES);
      limitLog(db, RESERVE_LOG_PAGES);
    },
    /** Puts the reserve back once there is room. False: the disk has none, and the reserve stays open. */
    closeReserve(): boolean {
      if (!layBallast(options.file)) return false;
      setCap(db, options.maxMegabytes);
      limitLog(db, USUAL_LOG_PAGES);
      return true;
    },
    /** Bytes in use, and the soft cap. */
    size(): { usedBytes: number; capBytes: number } {
      const pages = db.pragma('page_count', { simple: true }) as number;
      const free = db.pragma('freelist_count', { simple: true }) as number;
      const pageBytes = db.pragma('page_size', { simple: true }) as number;
      return { usedBytes: (pages - free) * pageBytes, capBytes: options.maxMegabytes * 1024 * 1024 };
    },
    close(): void {
      db.close();
    },
  };
}

/** On a full disk the ballast makes the room that opening needs; it is laid again once there is room. */
function openWithBallast(options: OpenOptions): ReturnType<typeof openDatabase> {
  try {
    const db = openDatabase(options);
    layBallast(options.file);
    return db;
  } catch (error) {
    if (!(error instanceof StoreError) || (error.code !== 'full' && error.code !== 'unwritable')) throw error;
    dropBallast(options.file);
    return openDatabase(options);
  }
}

export type Store = ReturnType<typeof openStore>;
