/** What stands between a command and its line: nothing leaves late, and nothing before the mark that it is sent is on the disk. */
import type { Exchange, Link } from '../../drivers/contract.ts';
import { DriverError } from '../../drivers/errors.ts';
import type { Clock } from '../clock.ts';

export const EXPIRED = 'its expiry passed before it could be sent';

export interface DepartureOptions {
  readonly clock: Clock;
  /** Monotonic milliseconds: what has not left by then never leaves. */
  readonly deadline: number;
  /** Resolves when it is on the disk that the command is sent; rejects with DriverError. Asked once. */
  readonly mark: () => Promise<void>;
  /** Why it must not be carried out any more, in words; null where nothing is in its way. Asked before each exchange. */
  readonly hold: () => string | null;
}

export class Departure {
  readonly #options: DepartureOptions;
  #marked: Promise<void> | undefined;
  #hasLeft = false;

  constructor(options: DepartureOptions) {
    this.#options = options;
  }

  /** Whether anything that changes something at the device may have left. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** For the line, when an exchange's turn has come. A disk that takes its time holds the line no longer than to the expiry. */
  async permit({ effect }: Exchange): Promise<void> {
    if (this.#hasLeft || !effect) return;
    const { clock, deadline } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DriverError('unsent', EXPIRED)), deadline - clock.monotonic());
    });
    try {
      await Promise.race([this.#mark(), expired]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** `link` for the driver: looks at the clock right before each first byte, and notes what has left. */
  guard(link: Link): Link {
    return {
      medium: link.medium,
      exchange: (exchange) => this.#carry(link, exchange),
      wait: (ms) => link.wait(ms),
      now: () => link.now(),
    };
  }

  async #carry(link: Link, exchange: Exchange): Promise<Uint8Array> {
    // While it waits for its turn: the line is not to stand idle for the disk.
    if (exchange.effect) this.#mark().catch(() => undefined);
    const veto = (): string | null =>
      this.#isLate() ? EXPIRED : (this.#heldUp(exchange) ?? exchange.veto?.() ?? null);
    let left = true;
    try {
      return await link.exchange({ ...exchange, veto });
    } catch (error) {
      left = !(error instanceof DriverError && error.code === 'unsent');
      throw error;
    } finally {
      if (left && exchange.effect) this.#hasLeft = true;
    }
  }

  #mark(): Promise<void> {
    this.#marked ??= this.#options.mark();
    return this.#marked;
  }

  /** What has left is not waited for any more, so that what holds it up need not wait either; its relay is opened again. */
  #heldUp({ effect }: Exchange): string | null {
    return effect && this.#hasLeft ? null : this.#options.hold();
  }

  /** After the first effect the rest belongs to it: a relay that was closed must be opened again, however late. */
  #isLate(): boolean {
    return !this.#hasLeft && this.#options.clock.monotonic() >= this.#options.deadline;
  }
}
