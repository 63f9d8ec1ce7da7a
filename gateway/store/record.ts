/**
 * The one way in: observations in the order in which they were made, each whole in one transaction. Observations without
 * events or alarms are committed in groups; one with an event or alarm commits at once, after all that came before it.
 * While one batch is written the next one gathers. While the store cannot write, readings are dropped and leave a gap record;
 * alarms and events wait.
 */
import type { Clock } from '../clock.ts';
import { isFull, mayPass } from './errors.ts';
import { summary, type Committed } from './record/committed.ts';
import { joined, type Gap } from './record/gap.ts';
import { countReadings, isUrgent } from './record/urgency.ts';
import type { Observation } from './rows.ts';
import type { Store } from './store.ts';
import type { PlainObservation } from './writer/observe.ts';

export type { Committed } from './record/committed.ts';

export interface RecorderOptions {
  readonly store: Pick<Store, 'write' | 'size' | 'reserved'>;
  readonly clock: Clock;
  readonly onCommitted: (committed: Committed) => void;
  /** Called when writing begins to fail and when it works again. `reason` is for a person; null means it works. */
  readonly onTrouble: (reason: string | null) => void;
}

export interface RecorderStatistics {
  readonly commits: number;
  readonly observations: number;
  readonly readings: number;
  readonly waiting: number;
  readonly droppedReadings: number;
  readonly failedCommits: number;
}

const GROUP_MS = 50;
const GROUP_ROWS = 200;
const RETRY_MS = 1_000;
/** A disk that works at all writes within this time; one that does not keeps alarms from everybody. */
const PATIENCE_MS = 3_000;
/** How often a full store is looked at again, and the share of the cap below which it counts as having room. */
const FULL_LOOK_MS = 10_000;
const FULL_TICK_MS = 500;
const ROOM_AGAIN = 0.9;
/** Readings that may wait while the store cannot write: two seconds of 10,000 points at 1 s. */
const MAX_WAITING_READINGS = 20_000;
/** Observations of one transaction: what has waited for hours is written bit by bit, with what room there is. */
const LARGEST_BATCH = 1_000;

type Outcome = 'stored' | 'failed' | 'madeRoom';

export class Recorder {
  readonly #options: RecorderOptions;
  #pending: Observation[] = [];
  /** Of what waits and is not urgent. */
  #pendingReadings = 0;
  #timer: NodeJS.Timeout | undefined;
  /** The last writing that was asked for: each begins when the one before it has ended, so that order is kept. */
  #last: Promise<boolean> = Promise.resolve(true);
  /** The one that has not begun yet: it will write all that waits by then. */
  #next: Promise<boolean> | undefined;
  #failing = false;
  #closed = false;
  #trouble: string | null = null;
  /** While the store is full, readings are not taken: what room there is belongs to alarms. Monotonic time of the next look. */
  #fullUntil: number | null = null;
  #fullTimer: NodeJS.Timeout | undefined;
  #dropped: Gap | undefined;
  readonly #statistics = { commits: 0, observations: 0, readings: 0, droppedReadings: 0, failedCommits: 0 };

  constructor(options: RecorderOptions) {
    this.#options = options;
    if (options.store.reserved) return;
    // It was opened on a full disk, with what room there is for alarms.
    this.#refuseReadings();
    this.#setTrouble('the store is full: the disk has no room for the reserve');
  }

  statistics(): RecorderStatistics {
    return { ...this.#statistics, waiting: this.#pending.length };
  }

  /** Why the store cannot write at the moment; null when it can. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Takes an observation. It is on the disk when `stored` is called, and not before. */
  record(observation: Observation): void {
    const urgent = isUrgent(observation);
    if (!urgent && this.#fullUntil !== null) return this.#drop([observation]);
    this.#pending.push(observation);
    if (!urgent) this.#pendingReadings += countReadings([observation]);
    if (this.#failing) this.#flushAfter(RETRY_MS);
    else if (urgent || this.#pendingReadings >= GROUP_ROWS) void this.flush();
    else this.#flushAfter(GROUP_MS);
    if (this.#pendingReadings > MAX_WAITING_READINGS) this.#dropWhatIsTooMuch();
  }

  /** Commits what waits. Resolves with true once everything that was recorded before is on the disk, false when it is not. */
  flush(): Promise<boolean> {
    this.#next ??= this.#last = this.#last.then(() => this.#write());
    return this.#next;
  }

  /** Writes what waits, as far as that can be, and stops trying. Resolves with how many observations are lost. */
  async close(): Promise<number> {
    this.#closed = true;
    await this.flush();
    clearTimeout(this.#timer);
    clearInterval(this.#fullTimer);
    await this.#noteGap();
    return this.#pending.length;
  }

  async #write(): Promise<boolean> {
    this.#next = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What comes meanwhile is for the next one: under a steady load this one would never end.
    for (let left = this.#pending.length; left > 0;) {
      const size = Math.min(left, LARGEST_BATCH);
      const outcome = await this.#commit(size);
      if (outcome === 'failed') return false;
      left = outcome === 'stored' ? left - size : this.#pending.length;
    }
    return true;
  }

  async #commit(size: number): Promise<Outcome> {
    const { store, clock, onCommitted } = this.#options;
    const batch = this.#pending.slice(0, size);
    this.#setPending(this.#pending.slice(size));
    const impatience = setTimeout(() => this.#setTrouble(waitingFor(PATIENCE_MS)), PATIENCE_MS);
    let seqs: number[][];
    try {
      seqs = await store.write('observe', batch.map(plain), clock.now());
    } catch (error) {
      this.#setPending([...batch, ...this.#pending]);
      return await this.#failed(error);
    } finally {
      clearTimeout(impatience);
    }
    this.#failing = false;
    this.#statistics.commits += 1;
    this.#statistics.observations += batch.length;
    this.#statistics.readings += countReadings(batch);
    // While readings are refused the store is not well, although alarms still get through.
    if (this.#fullUntil === null) this.#recovered();
    for (const [index, observation] of batch.entries()) observation.stored?.(seqs[index] ?? []);
    onCommitted(summary(batch, seqs));
    return 'stored';
  }

  async #failed(error: unknown): Promise<Outcome> {
    if (!mayPass(error)) throw error;
    this.#failing = true;
    this.#statistics.failedCommits += 1;
    const message = error instanceof Error ? error.message : String(error);
    this.#setTrouble(isFull(error) ? `the store is full: ${message}` : `the store cannot be written: ${message}`);
    this.#flushAfter(RETRY_MS);
    if (!isFull(error)) return 'failed';
    const wasFull = this.#fullUntil !== null;
    this.#refuseReadings();
    this.#dropWaitingReadings();
    await this.#try(() => this.#options.store.write('openReserve'));
    // Readings that waited have made room for the alarms that wait with them.
    return wasFull ? 'failed' : 'madeRoom';
  }

  #flushAfter(ms: number): void {
    if (this.#closed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, ms);
  }

  #setTrouble(reason: string | null): void {
    const before = this.#trouble;
    this.#trouble = reason;
    if ((before === null) !== (reason === null)) this.#options.onTrouble(reason);
  }

  /** From now on, and until there is room: also where nothing changes, and so nothing is recorded. */
  #refuseReadings(): void {
    if (this.#fullUntil !== null) return;
    const { clock } = this.#options;
    this.#fullUntil = clock.monotonic() + FULL_LOOK_MS;
    this.#fullTimer = setInterval(() => {
      if (clock.monotonic() < (this.#fullUntil ?? Infinity)) return;
      this.#fullUntil = clock.monotonic() + FULL_LOOK_MS;
      void this.#try(() => this.#lookForRoom());
    }, FULL_TICK_MS);
  }

  async #lookForRoom(): Promise<void> {
    const { store } = this.#options;
    const { usedBytes, capBytes } = store.size();
    // Readings taken before the reserve is back in its place would use it up.
    if (usedBytes > capBytes * ROOM_AGAIN || !(await store.write('closeReserve'))) return;
    clearInterval(this.#fullTimer);
    this.#fullUntil = null;
    this.#failing = false;
    this.#recovered();
  }

  #recovered(): void {
    void this.#noteGap();
    this.#setTrouble(null);
  }

  async #noteGap(): Promise<void> {
    const gap = this.#dropped;
    if (!gap) return;
    this.#dropped = undefined;
    const noted = await this.#try(() =>
      this.#options.store.write('gap', { ...gap, reason: 'the store could not be written' }),
    );
    if (!noted) this.#dropped = joined(this.#dropped, gap);
  }

  /** False: the store cannot do it now. */
  async #try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!mayPass(error)) throw error;
      return false;
    }
  }

  /** The disk does not keep up, or hangs. */
  #dropWhatIsTooMuch(): void {
    this.#dropWaitingReadings();
    this.#setTrouble('the store cannot be written fast enough: readings are dropped');
  }

  #dropWaitingReadings(): void {
    this.#drop(this.#pending.filter((observation) => !isUrgent(observation)));
    this.#setPending(this.#pending.filter(isUrgent));
  }

  #setPending(observations: Observation[]): void {
    this.#pending = observations;
    this.#pendingReadings = countReadings(observations.filter((observation) => !isUrgent(observation)));
  }

  #drop(observations: readonly Observation[]): void {
    const readings = countReadings(observations);
    if (readings === 0) return;
    const now = this.#options.clock.now();
    this.#dropped = joined(this.#dropped, { from: now, to: now, readings });
    this.#statistics.droppedReadings += readings;
  }
}

/** Without what cannot leave the thread, or has no business there. */
function plain({ stored, registers, ...observation }: Observation): PlainObservation {
  return observation;
}

function waitingFor(ms: number): string {
  return `the store cannot be written: for ${ms / 1_000} s a write waits for the disk`;
}
