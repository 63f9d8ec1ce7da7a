/** Reads configuration files, mostly as UTF-8 text, says in words what is no such thing, and remembers what was read. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { decodeText } from './decode-text.ts';
import type { Mistake } from '../mistakes/mistake.ts';

type Missing =
  /** There is something, and it is of no use. */
  { readonly state: 'unusable'; readonly mistake: Mistake } | { readonly state: 'absent' };

export type FileText = { readonly state: 'text'; readonly text: string } | Missing;
export type FileBytes = { readonly state: 'bytes'; readonly bytes: Buffer } | Missing;

type Bytes =
  | { readonly state: 'bytes'; readonly bytes: Buffer }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'absent' };

const MEGABYTE = 1024 * 1024;

/** Reads once more what was read. */
type Look = (read: FilesRead) => Promise<unknown>;

/** The files of one load, in the order of reading. */
export class FilesRead {
  readonly #names = new Set<string>();
  readonly #hash = createHash('sha256');
  readonly #looks: Look[] = [];

  /** Every file and folder that was asked for, whether or not it is there. */
  get names(): string[] {
    return [...this.#names];
  }

  /** Equal for two loads that found the same content in the same files. */
  get fingerprint(): string {
    return this.#hash.copy().digest('hex');
  }

  /** Whether the same files have the same content now: a fraction of the time and memory that it takes to parse them. */
  async isStill(): Promise<boolean> {
    const now = new FilesRead();
    for (const look of this.#looks) await look(now);
    return now.fingerprint === this.fingerprint;
  }

  /** As `bytes`, read as UTF-8. */
  async text(file: string, largest: number): Promise<FileText> {
    const read = await this.bytes(file, largest);
    if (read.state !== 'bytes') return read;
    const decoded = decodeText(read.bytes);
    if (decoded.ok) return { state: 'text', text: decoded.text };
    return { state: 'unusable', mistake: { file, ...decoded.spot } };
  }

  /** A running gateway reads this too: what takes seconds to parse (`largest`, in MB) is refused. */
  async bytes(file: string, largest: number): Promise<FileBytes> {
    this.#names.add(file);
    this.#looks.push((read) => read.bytes(file, largest));
    const read = await readBytes(file, largest * MEGABYTE);
    switch (read.state) {
      case 'absent':
        this.#remember(file, 'absent');
        return read;
      case 'refused': {
        this.#remember(file, read.reason);
        const mistake = { file, line: 1, column: 1, message: read.reason, severity: 'error' } as const;
        return { state: 'unusable', mistake };
      }
      case 'bytes': {
        this.#remember(file, read.bytes);
        return read;
      }
    }
  }

  /** The names in a folder that end in `suffix`, sorted; null where there is no such folder. */
  async folder(folder: string, suffix: string): Promise<string[] | null> {
    this.#names.add(folder);
    this.#looks.push((read) => read.folder(folder, suffix));
    const names = await readdir(folder).then(
      (found) => found.filter((name) => name.endsWith(suffix)).sort(),
      () => null,
    );
    this.#remember(folder, names?.join('\0') ?? 'absent');
    return names;
  }

  #remember(name: string, content: string | Uint8Array): void {
    this.#hash.update(`${name}\0${content.length}\0`).update(content);
  }
}

async function readBytes(file: string, largest: number): Promise<Bytes> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) return { state: 'refused', reason: 'this is a folder: name a file in it' };
    // A pipe or a terminal would be waited for.
    if (!found.isFile()) return { state: 'refused', reason: 'this is not a plain file' };
    if (found.size > largest) {
      const megabytes = (found.size / MEGABYTE).toFixed(1);
      return { state: 'refused', reason: `${megabytes} MB: a file of this kind has at most ${largest / MEGABYTE} MB` };
    }
    return { state: 'bytes', bytes: await readFile(file) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { state: 'absent' };
    const reason = code === 'EACCES' ? 'this user may not read the file' : `the file cannot be read (${code})`;
    return { state: 'refused', reason };
  }
}
