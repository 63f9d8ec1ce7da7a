/**
 * Which block is due, by deadline. Pure: it is told the time and keeps nothing but its entries. A block has at most one
 * poll outstanding: it is not due again before it has been reported finished.
 */
import { DueQueue } from '../due-queue.ts';

export interface ScheduleEntry {
  /** Unique: device and block. */
  readonly key: string;
  readonly periodMs: number;
}

interface Slot<E> {
  readonly entry: E;
  /** One of its deadlines; the others are whole periods away. Monotonic milliseconds. */
  readonly base: number;
  dueAt: number;
  outstanding: boolean;
}

/**
 * Where in its period a block is polled, 0 to 1: a hash of its key, so that a thousand devices of one period do not all
 * come due together, and the same block keeps its phase across restarts. FNV-1a, 32 bits.
 */
export function phaseOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}

const SOONEST_AGAIN_MS = 60_000;
/** Of a period. Deadlines are sums of fractions: one that was the third may come out as a hair less than the third. */
const ROUNDING = 1e-6;

export class Schedule<E extends ScheduleEntry> {
  readonly #slots = new Map<string, Slot<E>>();
  /** Those that are not outstanding. */
  readonly #queue = new DueQueue<Slot<E>>();

  get size(): number {
    return this.#slots.size;
  }

  /**
   * Adds a block. Its first poll is due at its phase within `firstWithinMs` of `now` (0: at once), so that a start shows
   * values soon and still spreads its load; after that its phase within its period is kept.
   */
  add(entry: E, now: number, firstWithinMs = entry.periodMs): void {
    const { key, periodMs } = entry;
    this.remove(key);
    const phase = phaseOf(key);
    const dueAt = now + phase * Math.min(firstWithinMs, periodMs);
    const slot: Slot<E> = { entry, base: now + phase * periodMs, dueAt, outstanding: false };
    this.#slots.set(key, slot);
    this.#queue.set(slot, dueAt);
  }

  /** Makes a block due now, unless it is outstanding. Its phase stays. */
  hasten(key: string, now: number): void {
    const slot = this.#slots.get(key);
    if (!slot || slot.outstanding || slot.dueAt <= now) return;
    slot.dueAt = now;
    this.#queue.set(slot, now);
  }

  remove(key: string): void {
    const slot = this.#slots.get(key);
    if (!slot) return;
    this.#slots.delete(key);
    this.#queue.delete(slot);
  }

  /** When the next block is due; null when none waits. */
  nextDue(): number | null {
    return this.#queue.nextDue();
  }

  /** Takes the block with the earliest deadline that has come; it is outstanding until `finished`. */
  takeDue(now: number): E | null {
    const slot = this.#queue.take(now);
    if (!slot) return null;
    slot.outstanding = true;
    return slot.entry;
  }

  /**
   * The poll of a block is over. The next deadline is a whole number of periods after the last one: the phase is kept, and
   * periods that passed meanwhile are skipped, not caught up with. One that `failed` is asked for again sooner where its
   * period is long: an hour's reading is not to be missed for one disturbed minute. Returns how many were skipped.
   */
  finished(key: string, now: number, failed = false): number {
    const slot = this.#slots.get(key);
    if (!slot?.outstanding) return 0;
    slot.outstanding = false;
    const { base, entry, dueAt } = slot;
    const { periodMs } = entry;
    const before = Math.floor((dueAt - base) / periodMs + ROUNDING);
    const next = Math.max(before + 1, Math.ceil((now - base) / periodMs));
    const regular = base + next * periodMs;
    slot.dueAt = failed ? Math.min(regular, now + Math.max(SOONEST_AGAIN_MS, periodMs / 16)) : regular;
    this.#queue.set(slot, slot.dueAt);
    return next - before - 1;
  }
}
