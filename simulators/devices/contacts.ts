/** The contacts on a module's input terminals: buttons, relays, limit switches, reed switches. Time is handed in. */

export interface Edge {
  readonly channel: number;
  /** True: closed. */
  readonly level: boolean;
  /** Monotonic milliseconds. */
  readonly at: number;
}

export interface ContactsOptions {
  readonly channels: number;
  /** How long a level must hold before the module believes it, in milliseconds. Default: it believes at once. */
  readonly filterMs?: (channel: number) => number;
}

/** What happens on the terminals: an edge of the contact itself, or one edge of its bouncing. */
interface Movement extends Edge {
  readonly bounce: boolean;
}

interface Terminal {
  raw: boolean;
  /** What the module takes it to be, after its filter. */
  seen: boolean;
  /** When `raw` last changed. */
  changedAt: number;
}

/** A burst of 1 ms openings and closings that ends in `level`. */
function bounces(channel: number, level: boolean, from: number, forMs: number): Movement[] {
  const count = Math.floor(forMs / 2);
  return Array.from({ length: count }, (_, i) => [
    { channel, level: !level, at: from + 2 * i + 1, bounce: true },
    { channel, level, at: from + 2 * i + 2, bounce: true },
  ]).flat();
}

export class Contacts {
  readonly channels: number;
  readonly #filterMs: (channel: number) => number;
  readonly #terminals: readonly Terminal[];
  readonly #seen: ((edge: Edge) => void)[] = [];
  readonly #moved: ((edge: Edge) => void)[] = [];
  #due: readonly Movement[] = [];

  constructor({ channels, filterMs = () => 0 }: ContactsOptions) {
    this.channels = channels;
    this.#filterMs = filterMs;
    this.#terminals = Array.from({ length: channels }, () => ({ raw: false, seen: false, changedAt: 0 }));
  }

  /** Closes the contact and opens it after `ms`. `bounceMs`: it chatters that long at both ends. */
  press(channel: number, ms: number, now: number, bounceMs = 0): void {
    const opens = now + ms;
    const closing = [{ channel, level: true, at: now, bounce: false }, ...bounces(channel, true, now, bounceMs)];
    const opening = [{ channel, level: false, at: opens, bounce: false }, ...bounces(channel, false, opens, bounceMs)];
    this.#plan(channel, [...closing.filter(({ at }) => at < opens), ...opening], now);
  }

  /** Holds the contact closed or open from now on. */
  set(channel: number, level: boolean, now: number): void {
    this.#plan(channel, [{ channel, level, at: now, bounce: false }], now);
  }

  /** What the module sees. */
  level(channel: number): boolean {
    return this.#terminal(channel).seen;
  }

  /** Lets everything happen that is due by `now`, in order and each at its own time. */
  advance(now: number): void {
    while (this.#due[0] !== undefined && this.#due[0].at <= now) {
      const next = this.#due[0];
      this.#due = this.#due.slice(1);
      this.#move(next);
    }
    this.#believe(now);
  }

  /** What the module sees change: for its counters and latches. */
  onSeen(listener: (edge: Edge) => void): void {
    this.#seen.push(listener);
  }

  /** What the contacts themselves do, without bounces: for the ledger. */
  onMoved(listener: (edge: Edge) => void): void {
    this.#moved.push(listener);
  }

  #terminal(channel: number): Terminal {
    const found = this.#terminals[channel];
    if (found === undefined) throw new RangeError(`there is no channel ${channel}: 0 to ${this.channels - 1}`);
    return found;
  }

  /** What was going to happen to this channel no longer does. */
  #plan(channel: number, movements: readonly Movement[], now: number): void {
    this.#terminal(channel);
    this.advance(now);
    const others = this.#due.filter((movement) => movement.channel !== channel);
    this.#due = [...others, ...movements].sort((a, b) => a.at - b.at);
    this.advance(now);
  }

  #move({ channel, level, at, bounce }: Movement): void {
    const terminal = this.#terminal(channel);
    if (terminal.raw === level) return;
    this.#believe(at);
    terminal.raw = level;
    terminal.changedAt = at;
    if (!bounce) for (const listener of this.#moved) listener({ channel, level, at });
    this.#believe(at);
  }

  /** The module believes every level that has held for its filter time by `now`. */
  #believe(now: number): void {
    this.#terminals.forEach((terminal, channel) => {
      const at = terminal.changedAt + this.#filterMs(channel);
      if (terminal.raw === terminal.seen || at > now) return;
      terminal.seen = terminal.raw;
      for (const listener of this.#seen) listener({ channel, level: terminal.seen, at });
    });
  }
}
