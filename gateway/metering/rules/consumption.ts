/** What passed a meter between two of its values, and the sum of that over a chain. Exact: nothing is rounded. */
import { add, compare, multiply, subtract, type Decimal } from '../../../drivers/bytes/decimal.ts';
import type { DecimalText, Meter, MeterReading } from '../model.ts';
import { boundaryOfReading, type Boundary } from './boundary.ts';
import { inTimeOrder } from './closing.ts';
import { asOnDial, decimal, passage, ZERO } from './register.ts';

/**
 * `credit`: less than nothing, because it began with an estimate that was too high. `backwards`: less than nothing, and nobody has
 * said why. `unknown`: one of its values is missing. The last two have no consumption.
 */
export type Way = 'forward' | 'rollOver' | 'credit' | 'backwards' | 'unknown';

export interface Segment {
  readonly meter: string;
  readonly opening: Boundary | null;
  readonly closing: Boundary | null;
  readonly way: Way;
  /** On the register. */
  readonly use: DecimalText | null;
  readonly multiplier: DecimalText;
  /** `use` × `multiplier`. */
  readonly consumption: DecimalText | null;
}

/**
 * From `opening` to `closing`. It rolled over where the two say so themselves, or where the good `readings` between them do, one
 * pair of neighbours for all; more than one roll-over is never assumed.
 */
export function measure(
  meter: Meter,
  opening: Boundary | null,
  closing: Boundary | null,
  readings: readonly MeterReading[],
): Segment {
  const { number, multiplier } = meter;
  if (opening === null || closing === null) {
    return { meter: number, opening, closing, way: 'unknown', use: null, multiplier, consumption: null };
  }
  const [way, use] = wayBetween(meter, opening, closing, readings);
  const consumption = use === null ? null : multiply(use, decimal(multiplier));
  return {
    ...{ meter: number, opening, closing, way, multiplier },
    use: use === null ? null : asOnDial(use, meter),
    consumption: consumption === null ? null : asOnDial(consumption, meter),
  };
}

/** Null where one of them is not known; `0` of none. */
export function sumOf(segments: readonly Pick<Segment, 'consumption'>[], decimals: number): DecimalText | null {
  let sum: Decimal = ZERO;
  for (const { consumption } of segments) {
    if (consumption === null) return null;
    sum = add(sum, decimal(consumption));
  }
  return asOnDial(sum, { decimals });
}

function wayBetween(
  meter: Meter,
  opening: Boundary,
  closing: Boundary,
  readings: readonly MeterReading[],
): [Way, Decimal | null] {
  const direct = passage(meter, opening, closing);
  if (direct.kind !== 'backwards') return [direct.kind, direct.use];
  const measured = [...between(opening, closing, readings), closing];
  const stepwise = useOverTop(meter, [opening, ...measured]);
  if (stepwise !== null) return ['rollOver', stepwise];
  if (opening.quality !== 'estimated') return ['backwards', null];
  const fromFirst = useOverTop(meter, measured);
  const [first] = measured;
  const toFirst = first && passage(meter, opening, first);
  // The estimate was too high, and the register went over its top all the same.
  if (fromFirst !== null && toFirst?.kind === 'backwards') return ['rollOver', subtract(fromFirst, toFirst.by)];
  return ['credit', subtract(ZERO, direct.by)];
}

/** Without estimates: a register may have stood below one, which is no way back. */
function between(opening: Boundary, closing: Boundary, readings: readonly MeterReading[]): Boundary[] {
  const { meter } = opening;
  return readings
    .filter((reading) => reading.meter === meter && reading.standing === 'good' && reading.quality !== 'estimated')
    .filter(({ at }) => at > opening.at && at < closing.at)
    .sort(inTimeOrder)
    .map(boundaryOfReading);
}

/** The sum of the steps if exactly one of them is a roll-over and none goes backwards. */
function useOverTop(meter: Meter, values: readonly Boundary[]): Decimal | null {
  let [sum, rollOvers, earlier] = [ZERO, 0, values[0]];
  for (const later of values.slice(1)) {
    if (earlier === undefined) return null;
    const step = passage(meter, earlier, later);
    if (step.kind === 'backwards') return null;
    if (step.kind === 'rollOver') rollOvers += 1;
    sum = add(sum, step.use);
    earlier = later;
  }
  return rollOvers === 1 && compare(sum, ZERO) >= 0 ? sum : null;
}
