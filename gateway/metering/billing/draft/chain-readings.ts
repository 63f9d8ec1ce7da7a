/** The readings that a line may go by: those near its boundaries, and all that anybody has said something of. */
import type { Store } from '../../../store/store.ts';
import type { MeterReading } from '../../model.ts';
import type { Boundary, Stay } from '../../rules/boundary.ts';
import type { Chain } from '../../rules/chain.ts';
import type { Tolerances } from '../../rules/closing.ts';

export type BilledReadings = Store['billedReadings'];

export interface Wanted {
  readonly chain: Chain;
  readonly billed: Boundary | null;
  /** Where the first bill begins if there is none yet, and where the period ends. Unix milliseconds. */
  readonly since: number;
  readonly to: number;
  readonly tolerances: Tolerances;
}

export function readingsNear(tables: BilledReadings, wanted: Wanted): MeterReading[] {
  return staysOf(wanted).flatMap((stay) => nearOf(tables, stay, wanted));
}

/** Where a register may have rolled over unseen by the readings near the boundaries. */
export function allReadings(tables: BilledReadings, wanted: Wanted): MeterReading[] {
  const { to, tolerances } = wanted;
  return staysOf(wanted).flatMap(({ meter }) => {
    const rows = tables.of(meter.number);
    if (rows === null) return [];
    return unique([
      ...rows.within(beginning(wanted) - tolerances.manual, to + tolerances.manual),
      ...rows.nextTo(to),
      ...rows.lastGood(to),
    ]);
  });
}

/** The measured ones next to a boundary are the nearest ones: no other measured one can stand for it. */
function nearOf(tables: BilledReadings, stay: Stay, wanted: Wanted): MeterReading[] {
  const { billed, since, to, tolerances } = wanted;
  const rows = tables.of(stay.meter.number);
  if (rows === null) return [];
  const end = Math.min(stay.until, to);
  const boundaries = billed === null && stay.from < since ? [since, end] : [end];
  const measured = boundaries.flatMap((at) => rows.nextTo(at));
  const noted = rows.noted(beginning(wanted) - tolerances.manual, to + tolerances.manual);
  // What was known last is told even where it is too old to be billed.
  const known = measured.some(({ at }) => at <= end) ? [] : rows.lastGood(end);
  return unique([...measured, ...noted, ...known]);
}

/** Those that were there in the time that is billed. */
function staysOf(wanted: Wanted): Stay[] {
  return wanted.chain.stays.filter(({ from, until }) => from < wanted.to && until >= beginning(wanted));
}

function beginning({ billed, since }: Wanted): number {
  return billed?.at ?? since;
}

function unique(readings: readonly MeterReading[]): MeterReading[] {
  return [...new Map(readings.map((reading) => [reading.id, reading])).values()];
}
