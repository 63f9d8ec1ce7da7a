/**
 * From a command's row to its result: never late, never twice. A device does one command at a time, in the order in which
 * they were accepted. What a restart finds marked as sent is not sent again: nobody knows whether it was carried out.
 */
import type { Exchange, Link, Session } from '../../drivers/contract.ts';
import { DriverError } from '../../drivers/errors.ts';
import type { Clock } from '../clock.ts';
import { mayPass } from '../store/errors.ts';
import type { CommandRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { CommandEnd } from '../store/tables/commands.ts';
import type { Hold } from './accept.ts';
import { Departure, EXPIRED } from './departure.ts';

export interface CommandTarget {
  readonly session: Session;
  /** A link of command priority whose every exchange asks `permit` first. */
  readonly link: (permit: (exchange: Exchange) => Promise<void>) => Link;
}

export interface RunnerOptions {
  readonly store: Pick<Store, 'commands' | 'write'>;
  readonly clock: Clock;
  /** Undefined when the device has left the configuration since. */
  readonly target: (device: string) => CommandTarget | undefined;
  /** Why a command must not be carried out any more; it is then called off, as far as it has not left. */
  readonly hold: Hold;
  /** Called after each result is on the disk. */
  readonly onFinished: (state: CommandEnd['state']) => void;
  /** Called when a command is over of which something has left, with the points that it was seen by: none where it has failed. */
  readonly onCarriedOut: (device: string, seen: readonly string[]) => void;
}

const RETRY_MS = 1_000;
const INTERRUPTED = 'the gateway restarted while it was being sent: not repeated, look on site';

export class CommandRunner {
  readonly #options: RunnerOptions;
  /** What the last run left unfinished. */
  readonly #leftOver: readonly CommandRow[];
  /** The last command of each device: the next one follows it. */
  readonly #tails = new Map<string, Promise<void>>();

  /** To be made before any new command is taken. */
  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#leftOver = options.store.commands.unfinished();
  }

  /**
   * Ends what a restart interrupted, and goes on with what is still in time after `ms`: buses need a moment to open. Returns
   * what calls that off.
   */
  resume(ms: number): () => void {
    for (const { id, state } of this.#leftOver) {
      if (state === 'sent') void this.#finish(id, { state: 'failed', left: true, error: INTERRUPTED });
    }
    const timer = setTimeout(() => {
      for (const row of this.#leftOver) if (row.state === 'accepted') this.start(row);
    }, ms);
    return () => clearTimeout(timer);
  }

  /** Takes an accepted command. Its result goes into the row and the feed. */
  start(row: CommandRow): void {
    const { clock } = this.#options;
    // The wall clock may jump; what is left of the expiry is held to by the monotonic one.
    const deadline = clock.monotonic() + (row.expiresAt - clock.now());
    const before = this.#tails.get(row.device) ?? Promise.resolve();
    const tail = before.then(() => this.#run(row, deadline));
    this.#tails.set(row.device, tail);
    void tail.then(() => {
      if (this.#tails.get(row.device) === tail) this.#tails.delete(row.device);
    });
  }

  /** Resolves when no command is under way, or after `ms`: a relay that is closed must be opened before its line goes. */
  async idle(ms: number): Promise<void> {
    const end = new Promise((resolve) => setTimeout(resolve, ms).unref());
    while (this.#tails.size > 0) {
      const done = Promise.all(this.#tails.values()).then(() => 'done');
      if ((await Promise.race([done, end])) !== 'done') return;
    }
  }

  async #run(row: CommandRow, deadline: number): Promise<void> {
    const { clock, hold } = this.#options;
    const target = this.#options.target(row.device);
    if (!target) {
      const error = `${row.device} is no longer in the configuration`;
      return this.#finish(row.id, { state: 'failed', left: false, error });
    }
    const departure = new Departure({ clock, deadline, mark: () => this.#markSent(row.id), hold: () => hold(row) });
    const link = departure.guard(target.link((exchange) => departure.permit(exchange)));
    try {
      if (clock.monotonic() >= deadline) throw new DriverError('unsent', EXPIRED);
      const { seen } = await target.session.execute({ action: row.action, value: row.value }, link);
      await this.#finish(row.id, { state: 'done', left: true, result: { seen } });
      const points = seen.map(({ point }) => point);
      this.#options.onCarriedOut(row.device, points);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      await this.#finish(row.id, endOf(error, departure.hasLeft));
      if (departure.hasLeft) this.#options.onCarriedOut(row.device, []);
    }
  }

  /** On the disk before the first byte leaves, or nothing leaves. */
  async #markSent(id: string): Promise<void> {
    const { store, clock } = this.#options;
    try {
      if (await store.write('markSent', id, clock.now())) return;
    } catch (error) {
      if (!mayPass(error)) throw error;
      throw new DriverError('unsent', 'the store cannot note that it is sent');
    }
    throw new DriverError('unsent', 'it was already sent');
  }

  /** A result is not lost because the disk is full just now. */
  async #finish(id: string, end: CommandEnd): Promise<void> {
    try {
      await this.#options.store.write('finishCommand', id, end, this.#options.clock.now());
    } catch (error) {
      if (!mayPass(error)) throw error;
      setTimeout(() => void this.#finish(id, end), RETRY_MS).unref();
      return;
    }
    this.#options.onFinished(end.state);
  }
}

function endOf(error: DriverError, left: boolean): CommandEnd {
  if (left) return { state: 'failed', left, error: `sent; ${error.message}` };
  if (error.message === EXPIRED) return { state: 'expired', left, error: EXPIRED };
  return { state: 'failed', left, error: `not sent: ${error.message}` };
}
