/**
 * From what a poll saw to what is worth reporting. Pure: state in, state out. A reading is reported when its quality or
 * reason changes, when its value moves by the deadband or more, and unchanged once per archive period so that its age shows.
 */
import type { Point, Reading } from '../../drivers/contract.ts';
import type { Observation } from '../store/rows.ts';

export type ReportedReading = NonNullable<Observation['readings']>[number];

/** The last report of each point of a device, by its key. */
export type Reported = Map<
  string,
  Pick<ReportedReading, 'value' | 'quality' | 'reason' | 'at'> & { archivedAt: number }
>;

/** A counter that moved, or a latch that was found set. */
export interface Pulse {
  readonly channel: number;
  readonly point: string;
  readonly count: number;
  /** Counted while nobody was looking: since before the last restart, or a loss or restart of the device. */
  readonly afterOutage: boolean;
}

/** The reading to report, or null; remembers what it reports. */
export function report(
  reported: Reported,
  point: Point,
  reading: Reading,
  archiveEveryMs: number,
): ReportedReading | null {
  const { value, quality, at } = reading;
  const reason = reading.reason ?? null;
  const last = reported.get(point.key);
  const changed =
    !last || last.quality !== quality || last.reason !== reason || moved(last.value, value, point.deadband ?? 0);
  // A clock that was set back would otherwise keep the history empty until it has caught up.
  const stale = !last || at - last.archivedAt >= archiveEveryMs || at < last.archivedAt;
  if (!changed && !stale) return null;
  // Contacts and states keep every change; a number that never rests keeps one row per archive period.
  const archive = stale || (changed && (typeof value !== 'number' || quality !== last.quality));
  reported.set(point.key, { value, quality, reason, at, archivedAt: archive ? at : last.archivedAt });
  return { point: point.key, value, unit: point.unit ?? null, quality, reason, at, archive };
}

/** 0.41 − 0.4 is 0.0099999…: a step of exactly the deadband counts as one. */
const ALMOST = 1 - 1e-9;

function moved(from: Reading['value'], to: Reading['value'], deadband: number): boolean {
  if (typeof from !== 'number' || typeof to !== 'number') return from !== to;
  return deadband === 0 ? from !== to : Math.abs(to - from) >= deadband * ALMOST;
}

/** The last good value of each point of a device's channels, by its key; a latch that is set and a contact that is closed are 1. */
export type Baselines = Map<string, number>;

/** How the clearing of one latch stands. */
export interface LatchState {
  /** Clearings so far. */
  begun: number;
  underWay: boolean;
  /** Nobody knows whether the last one has had its effect: an edge may have come since, or not. */
  doubtful: boolean;
}

/**
 * What a counter or latch says beyond its value: it has risen since it was last seen, however long ago. The first look ever only
 * takes the baseline. A counter that has fallen began again at 0 with its module: what it shows came since, when nobody looked;
 * but closed contacts at power-up are not alarms, and may have been counted: one of those of a contact that `isClosed`.
 */
export function pulseOf(
  baselines: Baselines,
  point: Point,
  reading: Reading,
  afterOutage: boolean,
  isClosed: (channel: number) => boolean,
): Pulse | null {
  const { channel, role, key } = point;
  if (channel === undefined || role === undefined) return null;
  if (reading.quality === 'bad' || (typeof reading.value !== 'number' && typeof reading.value !== 'boolean'))
    return null;
  const value = Number(reading.value);
  const before = baselines.get(key);
  baselines.set(key, value);
  if (role === 'level' || before === undefined) return null;
  const hasRestarted = value < before;
  const count = hasRestarted ? value - Number(isClosed(channel)) : value - before;
  return count <= 0 ? null : { channel, point: key, count, afterOutage: afterOutage || hasRestarted };
}
