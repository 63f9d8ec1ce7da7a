/**
 * Tells a TCP connection that was cut without a word from devices that are dead. On a cut one all that have answered fall
 * silent; as long as another unit answers, the silence of one is its own.
 */
export class Silence {
  readonly #limit: number;
  /** Those that are known to answer over this connection. */
  readonly #answering = new Set<string>();
  /** Those of them that have met silence since anybody was heard. */
  readonly #silent = new Set<string>();
  #inARow = 0;

  /** `limit`: so many requests in a row, and as many devices if there are, make a connection count as cut. 0: never. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Requests that have met silence since anybody was heard. */
  get inARow(): number {
    return this.#inARow;
  }

  /** Another connection: nothing is known of it. */
  opened(): void {
    this.#answering.clear();
    this.heard();
  }

  /** Something was heard: the connection is there. Whoever was silent meanwhile was so for reasons of its own. */
  heard(): void {
    if (this.#inARow === 0) return;
    this.#inARow = 0;
    for (const device of this.#silent) this.#answering.delete(device);
    this.#silent.clear();
  }

  answered(device: string): void {
    this.heard();
    this.#answering.add(device);
  }

  forget(device: string): void {
    this.#answering.delete(device);
    this.#silent.delete(device);
  }

  /** A request met silence. Whether the connection counts as cut by that. */
  met(device: string): boolean {
    this.#inARow += 1;
    if (this.#answering.has(device)) this.#silent.add(device);
    const needed = Math.min(this.#limit, this.#answering.size);
    return this.#limit > 0 && needed > 0 && this.#inARow >= this.#limit && this.#silent.size >= needed;
  }
}
