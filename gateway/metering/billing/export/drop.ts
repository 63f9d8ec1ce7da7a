/** Puts files where another program takes them from: written beside and renamed, so that it never sees half of one. */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface Dropped {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** In their order, each on the disk before the next: whoever sees the last one has all. Rejects with the error of the system. */
export async function dropInto(folder: string, files: readonly Dropped[]): Promise<void> {
  await makeFolder(folder);
  for (const { file, bytes } of files) {
    const path = join(folder, file);
    if (await holds(path, bytes)) continue;
    const beside = join(folder, `.${file}.part`);
    await writeThrough(beside, bytes);
    await rename(beside, path);
  }
  await syncFolder(folder);
}

/**
 * With those above it. Node's own way (`recursive`) asks without end where a file system says ENOENT of a name that it does not take,
 * as an automounter does while the share is away.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    const above = dirname(folder);
    if (code !== 'ENOENT' || above === folder) throw error;
    await makeFolder(above);
    await mkdir(folder);
  }
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}

async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  const there = await readFile(path).catch(() => null);
  return there !== null && there.equals(bytes);
}

/** The names are on the disk as well. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
