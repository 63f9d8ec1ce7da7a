/** A line without mistakes → the meter that it is. */
import type { Meter, RegisterPlace } from '../model.ts';
import type { MeterRow } from './meter-row.ts';

/** Null where something of it could not be made out. */
export function meterOf(row: MeterRow, place: RegisterPlace | null): Meter | null {
  const { number, home, utility, unit, multiplier, digits, decimals, installedAt, initial } = row;
  const { removedAt, final, replaces, maxPerHour, location } = row;
  if (home === undefined || utility === undefined || unit === undefined || multiplier === undefined) return null;
  if (digits === undefined || decimals === undefined || installedAt === undefined || initial === undefined) return null;
  if (removedAt === undefined || final === undefined || replaces === undefined) return null;
  if (maxPerHour === undefined || location === undefined) return null;
  return {
    ...{ number, home, utility, unit, place, multiplier, digits, decimals, installedAt, initial },
    ...{ removedAt, final, replaces, maxPerHour, location },
  };
}
