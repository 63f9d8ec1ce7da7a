/** Alarms that stay. Pure. */
import { isHidden } from '../letters.ts';
import type { AlarmRow } from '../../store/rows.ts';

const STALE_MS = 86_400_000;

/** Whether people have it before them, and its condition is still there. */
export function isStanding(row: AlarmRow): boolean {
  return row.active && !row.drill && !isHidden(row);
}

/** Whether it stands, of an occurrence that began more than a day ago. `now`: Unix milliseconds. */
export function isStale(row: AlarmRow, now: number): boolean {
  return isStanding(row) && row.raisedAt !== null && now - row.raisedAt > STALE_MS;
}
