/** What a commit changed, as it was committed, for those who tell the world. */
import type { AlarmRow, Collected, DeviceRow, Observation, PointRow } from '../rows.ts';

export interface Committed {
  readonly points: readonly PointRow[];
  readonly devices: readonly Omit<DeviceRow, 'knowledge'>[];
  readonly alarms: readonly AlarmRow[];
  readonly collected: readonly Collected[];
  /** How many outbox rows were added. */
  readonly events: number;
}

/** `seqs`: of the alarm events of each observation, in the order of `batch`. */
export function summary(batch: readonly Observation[], seqs: readonly (readonly number[])[]): Committed {
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
    collected: batch.flatMap(({ device, registers = [] }) => (registers.length > 0 ? [{ device, registers }] : [])),
    events: batch.reduce((sum, { events, alarms }) => sum + (events?.length ?? 0) + (alarms?.length ?? 0), 0),
  };
}
