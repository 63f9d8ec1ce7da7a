/**
 * The one way in: observations in the order in which they were made, each whole in one transaction. Observations without
 * events or alarms are committed in groups; one with an event or alarm commits at once, after all that came before it.
 * While the store cannot write, readings are dropped and leave a gap record; alarms and events wait.
 */
import type { Clock } from '../clock.ts';
import { isFull, mayPass } from './open.ts';
import type { Store } from './store.ts';
import type { AlarmChange, AlarmRow, DeviceRow, Observation, PointRow } from './rows.ts';

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
  #lastAlarmSeq: number;
  #trouble: string | null = null;
  /** While the store is full, readings are not taken: what room there is belongs to alarms. Monotonic time of the next look. */
  #fullUntil: number | null = null;
  #dropped: { from: number; to: number; readings: number } | undefined;
  readonly #statistics = { commits: 0, observations: 0, readings: 0, droppedReadings: 0, failedCommits: 0 };

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#lastAlarmSeq = options.store.events.lastSeq('alarm');
    if (options.store.closeReserve()) return;
    // It was opened on a full disk, with what room there is for alarms.
    options.store.openReserve();
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
    if (urgent || (this.#pendingReadings >= GROUP_ROWS && this.#trouble === null)) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#trouble === null ? GROUP_MS : RETRY_MS);
    if (this.#pendingReadings > MAX_WAITING_READINGS) this.#dropWaitingReadings();
  }

  /** Commits what waits. True when everything is on the disk. */
  flush(): boolean {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Readings that wait make room for the alarms that wait with them; one more try without them.
    return this.#commit() || (this.#fullUntil !== null && this.#commit());
  }

  #commit(): boolean {
    const batch = this.#pending;
    if (batch.length === 0) return true;
    const lastAlarmSeq = this.#lastAlarmSeq;
    let seqs: number[][];
    try {
      seqs = this.#options.store.transaction(() => batch.map((observation) => this.#write(observation)));
    } catch (error) {
      this.#lastAlarmSeq = lastAlarmSeq;
      this.#failed(error);
      return false;
    }
    this.#pending = [];
    this.#pendingReadings = 0;
    this.#statistics.commits += 1;
    this.#statistics.observations += batch.length;
    this.#statistics.readings += batch.reduce((sum, { readings }) => sum + (readings?.length ?? 0), 0);
    // While readings are refused the store is not well, although alarms still get through.
    if (this.#fullUntil === null) this.#recovered();
    for (const [index, observation] of batch.entries()) observation.stored?.(seqs[index] ?? []);
    this.#options.onCommitted(summary(batch, seqs));
    return true;
  }

  /** Writes one observation inside the transaction; returns the seq of each alarm event. */
  #write(observation: Observation): number[] {
    const { store, clock } = this.#options;
    const { device } = observation;
    const now = clock.now();
    for (const reading of observation.readings ?? []) store.points.write(device, reading);
    if (observation.deviceState) store.devices.writeState(device, observation.deviceState);
    if (observation.knowledge) store.devices.writeKnowledge(device, observation.knowledge, now);
    for (const event of observation.events ?? []) store.events.append(event, now);
    return (observation.alarms ?? []).map((change) => this.#writeAlarm(change, now));
  }

  #writeAlarm(change: AlarmChange, now: number): number {
    const { store } = this.#options;
    const seq = store.events.append(alarmEvent(change, this.#lastAlarmSeq), now);
    this.#lastAlarmSeq = seq;
    store.alarms.write({ ...change.after, rev: seq });
    return seq;
  }

  #failed(error: unknown): void {
    if (!mayPass(error)) throw error;
    this.#statistics.failedCommits += 1;
    const message = error instanceof Error ? error.message : String(error);
    if (isFull(error) && this.#fullUntil === null) {
      this.#fullUntil = this.#options.clock.monotonic() + FULL_LOOK_MS;
      this.#options.store.openReserve();
      this.#dropWaitingReadings();
    }
    this.#setTrouble(isFull(error) ? `the store is full: ${message}` : `the store cannot be written: ${message}`);
    this.#timer ??= setTimeout(() => this.flush(), RETRY_MS);
  }

  #setTrouble(reason: string | null): void {
    if ((this.#trouble === null) === (reason === null)) return;
    this.#trouble = reason;
    this.#options.onTrouble(reason);
  }

  /** Whether readings are refused for want of room; looks again from time to time. */
  #isFull(): boolean {
    if (this.#fullUntil === null) return false;
    const { store, clock } = this.#options;
    if (clock.monotonic() < this.#fullUntil) return true;
    const { usedBytes, capBytes } = store.size();
    // Readings taken before the reserve is back in its place would use it up.
    if (usedBytes > capBytes * ROOM_AGAIN || !store.closeReserve()) {
      this.#fullUntil = clock.monotonic() + FULL_LOOK_MS;
      return true;
    }
    this.#fullUntil = null;
    this.#recovered();
    return false;
  }

  #recovered(): void {
    this.#noteGap();
    this.#setTrouble(null);
  }

  /** The hole in the history is itself a row. */
  #noteGap(): void {
    const gap = this.#dropped;
    if (!gap) return;
    this.#dropped = undefined;
    try {
      this.#options.store.gaps.append({ ...gap, reason: 'the store could not be written' });
    } catch (error) {
      if (!mayPass(error)) throw error;
      this.#dropped = gap;
    }
  }

  #dropWaitingReadings(): void {
    this.#drop(this.#pending.filter((observation) => !isUrgent(observation)));
    this.#pending = this.#pending.filter(isUrgent);
    this.#pendingReadings = this.#pending.reduce((sum, { readings }) => sum + (readings?.length ?? 0), 0);
  }

  #drop(observations: readonly Observation[]): void {
    const readings = observations.reduce((sum, observation) => sum + (observation.readings?.length ?? 0), 0);
    if (readings === 0) return;
    const now = this.#options.clock.now();
    this.#dropped = { from: this.#dropped?.from ?? now, to: now, readings: (this.#dropped?.readings ?? 0) + readings };
    this.#statistics.droppedReadings += readings;
  }
}

function isUrgent(observation: Observation): boolean {
  const { events, alarms, deviceState, knowledge } = observation;
  return Boolean(events?.length) || Boolean(alarms?.length) || deviceState !== undefined || knowledge !== undefined;
}

function alarmEvent({ type, from, by, note, at, after }: AlarmChange, prevSeq: number) {
  const { alarm, source, occurrenceId, letter: to, priority, count, drill, detectedAfterOutage } = after;
  const data = {
    prevSeq,
    alarm,
    alarmType: after.type,
    occurrenceId,
    type,
    from,
    to,
    by,
    note,
    priority,
    count,
    drill,
    detectedAfterOutage,
  };
  return { domain: 'alarm', type, source, at, data };
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
