/** Times that have not come yet: mostly a year that was mistyped, and nothing is heard of the meter for as long. */
import type { Mistake } from '../../config/mistakes/mistake.ts';
import type { LocalTime } from '../model.ts';
import type { MeterRow } from './meter-row.ts';
import { atCell } from './place-of-row.ts';

/** Warnings: a table may be written before the work is done. `now`: what the wall shows. */
export function checkTimes(meters: readonly MeterRow[], now: LocalTime): Mistake[] {
  return meters.flatMap((meter) => {
    const { installedAt, removedAt } = meter;
    if (installedAt !== undefined && installedAt > now) {
      return [
        atCell(
          meter,
          'installedAt',
          `${installedAt} has not come yet: until then it is not read`,
          undefined,
          'warning',
        ),
      ];
    }
    if (removedAt === undefined || removedAt === null || removedAt <= now) return [];
    const message = `${removedAt} has not come yet, and a meter with "removedAt" is read no more`;
    return [atCell(meter, 'removedAt', message, 'enter it when the meter has been taken down', 'warning')];
  });
}
