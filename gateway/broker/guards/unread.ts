/** How much subscribers may leave unread, each and together, before one that is far behind is dropped. */
import type { Duplex } from 'node:stream';

/** A new subscriber to everything is sent ten thousand retained messages at once, and may be on a slow line. */
const MAX_EACH = 32 * 1024 * 1024;
const MAX_TOGETHER = 64 * 1024 * 1024;
/** Nobody is dropped for less than this. */
const HARMLESS = 1024 * 1024;

export class UnreadBudget {
  readonly #streams = new Set<Duplex>();

  /** Counts `stream` until it closes. */
  add(stream: Duplex): void {
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
  }

  /** Whether `stream` is so far behind that it has to go. */
  exceededBy(stream: Duplex): boolean {
    const unread = stream.writableLength;
    if (unread <= HARMLESS) return false;
    if (unread > MAX_EACH) return true;
    let together = 0;
    for (const each of this.#streams) together += each.writableLength;
    return together > MAX_TOGETHER;
  }
}
