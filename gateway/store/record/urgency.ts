/** What of an observation counts: what must be stored at once and never be dropped, and how much may be dropped. Pure. */
import type { Observation } from '../rows.ts';

/** Events, alarms, states and what was learned: told once, and never again. */
export function isUrgent({ events, alarms, deviceState, knowledge }: Observation): boolean {
  return Boolean(events?.length) || Boolean(alarms?.length) || deviceState !== undefined || knowledge !== undefined;
}

export function countReadings(observations: readonly Observation[]): number {
  return observations.reduce(
    (sum, { readings, meterReadings }) => sum + (readings?.length ?? 0) + (meterReadings?.length ?? 0),
    0,
  );
}
