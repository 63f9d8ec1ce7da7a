/**
 * The one way in: observations in the order in which they were made, each whole in one transaction. Observations without
 * events or alarms are committed in groups; one with an event or alarm commits at once, after all that came before it.
 * While one batch is written the next one gathers. While the store cannot write, readings are dropped and leave a gap record;
 * alarms and events wait.
 */
import type { Clock } from '../clock.ts';
import { isFull, mayPass } from './errors.ts';
import type { AlarmRow, DeviceRow, Observation, PointRow } from './rows.ts';
import type { Store } from './store.ts';
import type { GapRow } from './tables/gaps.ts';
import type { PlainObservation } from './writer/observe.ts';

/** What a commit changed, as it was committed, for those who tell the world. */
export interface Committed {
  readonly points: readonly PointRow[];
  readonly devices: readonly Omit<DeviceRow, 'knowledge'>[];
  readonly alarms: readonly AlarmRow[];
  /** How many outbox rows were added. */
  readonly events: number;
}

export interface RecorderOptions {
  readonly store: Store;
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
/** How often a full store is looked at again, and the share of the cap below which it counts as having room. */
const FULL_LOOK_MS = 10_000;
const ROOM_AGAIN = 0.9;
/** Readings that may wait while the store cannot write: two seconds of 10,000 points at 1 s. */
const MAX_WAITING_READINGS = 20_000;

export class Recorder {
  readonly #options: RecorderOptions;
  #pending: Observation[] = [];
  #pendingReadings = 0;
  #timer: NodeJS.Timeout | undefined;
  /** The writing under way; one batch at a time, so that order is kept. */
  #writing: Promise<boolean> | undefined;
  /** Something came for which the next batch is to follow at once. */
  #wanted = false;
  #trouble: string | null = null;
  /** While the store is full, readings are not taken: what room there is belongs to alarms. Monotonic time of the next look. */
  #fullUntil: number | null = null;
  #dropped: Omit<GapRow, 'reason'> | undefined;
  readonly #statistics = { commits: 0, observations: 0, readings: 0, droppedReadings: 0, failedCommits: 0 };

  constructor(options: RecorderOptions) {
    this.#options = options;
    if (options.store.reserved) return;
    // It was opened on a full disk, with what room there is for alarms.
    this.#fullUntil = options.clock.monotonic() + FULL_LOOK_MS;
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
    if (!urgent && this.#isFull()) return this.#drop([observation]);
    this.#pending.push(observation);
    this.#pendingReadings += observation.readings?.length ?? 0;
    if (urgent || (this.#pendingReadings >= GROUP_ROWS && this.#trouble === null)) void this.flush();
    else this.#flushAfter(this.#trouble === null ? GROUP_MS : RETRY_MS);
    if (this.#pendingReadings > MAX_WAITING_READINGS) this.#dropWaitingReadings();
  }

  /** Commits what waits. Resolves with true once everything that was recorded before is on the disk, false when it is not. */
  flush(): Promise<boolean> {
    this.#wanted = true;
    this.#writing ??= this.#writeWhatWaits().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  async #writeWhatWaits(): Promise<boolean> {
    while (this.#wanted) {
      this.#wanted = false;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      // Readings that wait make room for the alarms that wait with them; one more try without them.
      if (!(await this.#commit()) && (this.#fullUntil === null || !(await this.#commit()))) return false;
    }
    return true;
  }

  async #commit(): Promise<boolean> {
    const { store, clock, onCommitted } = this.#options;
    const batch = this.#pending;
    if (batch.length === 0) return true;
    this.#setPending([]);
    let seqs: number[][];
    try {
      seqs = await store.write('observe', batch.map(plain), clock.now());
    } catch (error) {
      this.#setPending([...batch, ...this.#pending]);
      await this.#failed(error);
      return false;
    }
    this.#statistics.commits += 1;
    this.#statistics.observations += batch.length;
    this.#statistics.readings += countReadings(batch);
    // While readings are refused the store is not well, although alarms still get through.
    if (this.#fullUntil === null) this.#recovered();
    for (const [index, observation] of batch.entries()) observation.stored?.(seqs[index] ?? []);
    onCommitted(summary(batch, seqs));
    return true;
  }

  async #failed(error: unknown): Promise<void> {
    if (!mayPass(error)) throw error;
    this.#statistics.failedCommits += 1;
    const message = error instanceof Error ? error.message : String(error);
    if (isFull(error) && this.#fullUntil === null) {
      this.#fullUntil = this.#options.clock.monotonic() + FULL_LOOK_MS;
      this.#dropWaitingReadings();
      await this.#options.store.write('openReserve');
    }
    this.#setTrouble(isFull(error) ? `the store is full: ${message}` : `the store cannot be written: ${message}`);
    this.#flushAfter(RETRY_MS);
  }

  #flushAfter(ms: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), ms);
  }

  #setTrouble(reason: string | null): void {
    if ((this.#trouble === null) === (reason === null)) return;
    this.#trouble = reason;
    this.#options.onTrouble(reason);
  }

  /** Whether readings are refused for want of room; looks again from time to time. */
  #isFull(): boolean {
    if (this.#fullUntil === null) return false;
    const now = this.#options.clock.monotonic();
    if (now >= this.#fullUntil) {
      this.#fullUntil = now + FULL_LOOK_MS;
      void this.#lookForRoom();
    }
    return true;
  }

  async #lookForRoom(): Promise<void> {
    const { store } = this.#options;
    const { usedBytes, capBytes } = store.size();
    // Readings taken before the reserve is back in its place would use it up.
    if (usedBytes > capBytes * ROOM_AGAIN || !(await store.write('closeReserve'))) return;
    this.#fullUntil = null;
    this.#recovered();
  }

  #recovered(): void {
    void this.#noteGap();
    this.#setTrouble(null);
  }

  /** The hole in the history is itself a row. */
  async #noteGap(): Promise<void> {
    const gap = this.#dropped;
    if (!gap) return;
    this.#dropped = undefined;
    try {
      await this.#options.store.write('gap', { ...gap, reason: 'the store could not be written' });
    } catch (error) {
      if (!mayPass(error)) throw error;
      this.#note(gap);
    }
  }

  #dropWaitingReadings(): void {
    this.#drop(this.#pending.filter((observation) => !isUrgent(observation)));
    this.#setPending(this.#pending.filter(isUrgent));
  }

  #setPending(observations: Observation[]): void {
    this.#pending = observations;
    this.#pendingReadings = countReadings(observations);
  }

  #drop(observations: readonly Observation[]): void {
    const readings = countReadings(observations);
    if (readings === 0) return;
    const now = this.#options.clock.now();
    this.#note({ from: now, to: now, readings });
    this.#statistics.droppedReadings += readings;
  }

  #note(gap: Omit<GapRow, 'reason'>): void {
    const before = this.#dropped;
    this.#dropped = before
      ? {
          from: Math.min(before.from, gap.from),
          to: Math.max(before.to, gap.to),
          readings: before.readings + gap.readings,
        }
      : gap;
  }
}

/** Without what cannot leave the thread. */
function plain({ stored, ...observation }: Observation): PlainObservation {
  return observation;
}

function countReadings(observations: readonly Observation[]): number {
  return observations.reduce((sum, { readings }) => sum + (readings?.length ?? 0), 0);
}

function isUrgent(observation: Observation): boolean {
  const { events, alarms, deviceState, knowledge } = observation;
  return Boolean(events?.length) || Boolean(alarms?.length) || deviceState !== undefined || knowledge !== undefined;
}

function summary(batch: readonly Observation[], seqs: readonly (readonly number[])[]): Committed {
  return {
    points: batch.flatMap(({ device, readings = [] }) =>
      readings.map(({ point, value, unit, quality, reason, at }) => ({
        device,
        point,
        value,
        unit,
        quality,
        reason,
        at,
      })),
    ),
    devices: batch.flatMap(({ device, deviceState }) => (deviceState ? [{ device, ...deviceState }] : [])),
    alarms: batch.flatMap(({ alarms = [] }, index) =>
      alarms.map(({ after }, place) => ({ ...after, rev: seqs[index]?.[place] ?? after.rev })),
    ),
    events: batch.reduce((sum, { events, alarms }) => sum + (events?.length ?? 0) + (alarms?.length ?? 0), 0),
  };
}
