/** The local store: one file, one writer on a thread of its own, and a connection to read what is committed. */
import { openForReading, orExplain, type OpenOptions } from './open.ts';
import { readTables } from './tables/index.ts';
import { openWriter } from './writer/writer.ts';

export interface StoreOptions extends OpenOptions {
  /** Names this gateway in the ids of its events. */
  readonly gateway: string;
}

export type Store = Awaited<ReturnType<typeof openStore>>;

/** Opens the store. Rejects with StoreError: what is wrong and what to do. */
export async function openStore({ gateway, ...options }: StoreOptions) {
  const writer = await openWriter(options);
  const db = openForReading(options.file);
  return {
    file: options.file,
    ...orExplain(options.file, () => readTables(db, gateway)),
    ...{ write: writer.write, reserved: writer.reserved },
    /** Bytes in use, and the soft cap. */
    size(): { usedBytes: number; capBytes: number } {
      const pages = db.pragma('page_count', { simple: true }) as number;
      const free = db.pragma('freelist_count', { simple: true }) as number;
      const pageBytes = db.pragma('page_size', { simple: true }) as number;
      return { usedBytes: (pages - free) * pageBytes, capBytes: options.maxMegabytes * 1024 * 1024 };
    },
    /** Resolves when everything that was asked is on the disk and the file is closed. */
    async close(): Promise<void> {
      if (db.open) db.close();
      await writer.close();
    },
  };
}
