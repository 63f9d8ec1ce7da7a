/** What of an observation counts: what must be stored at once and never be dropped, and how much may be dropped. Pure. */
import type { Observation } from '../rows.ts';

/** Events, alarms, states, armed homes and what was learned: told once, and never again. */
export function isUrgent({ events, alarms, homes, deviceState, knowledge }: Observation): boolean {
  const rows = [events, alarms, homes];
  return rows.some((part = []) => part.length > 0) || deviceState !== undefined || knowledge !== undefined;
}

export function countReadings(observations: readonly Observation[]): number {
  return observations.reduce(
    (sum, { readings, meterReadings }) => sum + (readings?.length ?? 0) + (meterReadings?.length ?? 0),
    0,
  );
}
