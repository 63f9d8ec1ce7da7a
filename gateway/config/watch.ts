/**
 * Notices when a file of the configuration has changed. Folders are watched, not files: an editor saves by renaming a
 * new file over the old one, which a watch on the old one never hears of.
 */
import { watch, type FSWatcher } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Driver } from '../../drivers/contract.ts';
import type { FilesRead } from './files/read-files.ts';
import { loadConfiguration, type Loaded } from './load.ts';

export interface WatchOptions {
  readonly siteFile: string;
  readonly drivers: readonly Driver[];
  /** What runs now: only what differs from it is reported. */
  readonly loaded: Loaded;
  /** Called once for each new content, good or bad; never twice at a time. */
  readonly onLoaded: (loaded: Loaded) => void | Promise<void>;
}

/** Several writes in a row, as editors and copies make them, are one change. */
const SETTLE_MS = 200;
/** How often to look where watching is refused. */
const UNWATCHED_MS = 10_000;

export class ConfigurationWatch {
  readonly #options: WatchOptions;
  #watchers: FSWatcher[] = [];
  /** What was read last. Not the configuration itself: it is held by whoever it is in force for. */
  #latest: FilesRead;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#latest = options.loaded.read;
  }

  /** What changed since `loaded` was read is reported too. */
  start(): void {
    this.#readIn(SETTLE_MS);
  }

  /** Reads everything now, as a signal from the operator asks; resolves when what was new has been reported. */
  reload(): Promise<void> {
    clearTimeout(this.#timer);
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  /** Resolves when nothing more will be reported. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#reading;
    this.#unwatch();
  }

  #readIn(ms: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.reload(), ms);
  }

  /** Watches first and reads then: what changes while it reads is heard of. */
  async #read(): Promise<void> {
    if (this.#closed) return;
    const watched = await entriesOf(this.#latest.names);
    this.#watch(watched);
    const next = (await this.#latest.isStill()) ? null : await this.#load();
    // It names files in other folders now.
    if (!isDeepStrictEqual(watched, await entriesOf(this.#latest.names))) this.#readIn(SETTLE_MS);
    if (next) await this.#options.onLoaded(next);
  }

  /** Null where the content is again what it was. */
  async #load(): Promise<Loaded | null> {
    const loaded = await loadConfiguration(this.#options.siteFile, this.#options.drivers);
    const isNew = loaded.read.fingerprint !== this.#latest.fingerprint;
    this.#latest = loaded.read;
    return isNew ? loaded : null;
  }

  /** Each time anew: a folder that was deleted or renamed took its watch with it. */
  #watch(entries: ReadonlyMap<string, ReadonlySet<string>>): void {
    this.#unwatch();
    for (const [folder, names] of entries) {
      try {
        const watcher = watch(folder, { persistent: false }, (_, name) => {
          if (name === null || names.has(name) || names.has(ANY)) this.#readIn(SETTLE_MS);
        });
        watcher.on('error', () => this.#readIn(UNWATCHED_MS));
        this.#watchers.push(watcher);
      } catch {
        // The folder has just gone, or this user has no watches left (fs.inotify.max_user_watches).
        this.#readIn(UNWATCHED_MS);
      }
    }
  }

  #unwatch(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }
}

/** Stands for every entry of a folder; no entry has this name. */
const ANY = '/';

/** By folder, the names in it that matter: a file's own, what a link leads to, and all of a folder that is listed. */
async function entriesOf(files: readonly string[]): Promise<Map<string, Set<string>>> {
  const entries = new Map<string, Set<string>>();
  const add = async (folder: string, name: string): Promise<void> => {
    const isFolder = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isFolder) entries.set(folder, (entries.get(folder) ?? new Set()).add(name));
  };
  for (const file of files) {
    const real = await realpath(file).catch(() => file);
    await add(dirname(file), basename(file));
    await add(dirname(real), basename(real));
    await add(real, ANY);
  }
  return entries;
}
