/**
 * Blocks of a device that fail again and again while others of it are read: each is asked for by itself, and the longer it fails
 * the more seldom, so that it takes neither the line's time nor the device's.
 */
import { admit, afterFailure, afterUnsent, CLOSED, type Breaker, type BreakerSettings } from '../bus/breaker.ts';

export class DoubtfulBlocks {
  readonly #blocks = new Map<string, Breaker>();

  has(block: string): boolean {
    return this.#blocks.has(block);
  }

  /** Whether it may be asked for now; `now` is monotonic. */
  admit(block: string, now: number): boolean {
    // One poll of a block is outstanding at a time: none has to be told from another.
    return admit(afterUnsent(this.#blocks.get(block) ?? CLOSED), now).admitted;
  }

  failed(block: string, settings: BreakerSettings, now: number): void {
    const before = this.#blocks.get(block) ?? CLOSED;
    this.#blocks.set(block, afterFailure(before, { ...settings, failures: 1 }, now, Math.random()));
  }

  answered(block: string): void {
    this.#blocks.delete(block);
  }

  /** The device as a whole is in doubt: whatever block is asked for may show that it lives. */
  clear(): void {
    this.#blocks.clear();
  }
}
