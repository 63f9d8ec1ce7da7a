/** A file that grows in memory: it is written once, where it stays, and goes from thread to thread without a copy. */

/** Addresses that are set aside, not memory: no export is that long. */
const MOST_BYTES = 1024 ** 3;
const STEP_BYTES = 1024 ** 2;
/** Of a UTF-16 unit in UTF-8. */
const MOST_BYTES_PER_UNIT = 3;

export class GrowingFile {
  readonly #memory = new ArrayBuffer(0, { maxByteLength: MOST_BYTES });
  #view = Buffer.from(this.#memory);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** In UTF-8. */
  write(text: string): void {
    this.#makeRoom(text.length * MOST_BYTES_PER_UNIT);
    this.#length += this.#view.write(text, this.#length, 'utf8');
  }

  append(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#view.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** All of it so far, in its memory: who moves that to another thread has ended the file. */
  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory, 0, this.#length);
  }

  #makeRoom(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#view.length) return;
    this.#memory.resize(Math.ceil(needed / STEP_BYTES) * STEP_BYTES);
    this.#view = Buffer.from(this.#memory);
  }
}
