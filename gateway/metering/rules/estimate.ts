/** A closing value where there is none, if the site allows it. One method, and it has a name. */
import { add, compare, multiply } from '../../../drivers/bytes/decimal.ts';
import type { DecimalText, Meter } from '../model.ts';
import type { Boundary } from './boundary.ts';
import { asOnDial, capacity, decimal, milliseconds, quotient, type Sighting } from './register.ts';

/** What was billed for an earlier period. */
export interface PastUse {
  /** As billed: multiplied. */
  readonly consumption: DecimalText;
  /** When its opening and its closing value stood so, Unix milliseconds. */
  readonly from: number;
  readonly to: number;
  /** One of the two was itself estimated. */
  readonly isEstimated: boolean;
}

export interface Estimate {
  readonly boundary: Boundary;
  /** `sameDailyUse`: as much a day as in the last period that was measured. */
  readonly method: 'sameDailyUse';
  /** The period that it goes by, and the value that it goes on from. */
  readonly basis: PastUse;
  readonly start: Sighting;
}

/**
 * What the meter may show at `cut`, by its daily use in the last measured period. `start`: its last good value before the cut.
 * `history`: newest first. Null where there is none to go by, or where the register would roll over: that is for a person to say.
 */
export function estimateAt(cut: number, meter: Meter, start: Sighting, history: readonly PastUse[]): Estimate | null {
  const basis = history.find(({ isEstimated, from, to, consumption }) => {
    return !isEstimated && to > from && !consumption.startsWith('-');
  });
  if (basis === undefined || cut < start.at) return null;
  const share = multiply(decimal(basis.consumption), milliseconds(cut - start.at));
  const span = multiply(decimal(meter.multiplier), milliseconds(basis.to - basis.from));
  const value = add(decimal(start.value), quotient(share, span, meter.decimals));
  if (compare(value, capacity(meter)) >= 0) return null;
  const boundary: Boundary = {
    ...{ meter: meter.number, value: asOnDial(value, meter), at: cut },
    ...{ quality: 'estimated', source: 'estimate', reading: null },
  };
  return { boundary, method: 'sameDailyUse', basis, start: { value: start.value, at: start.at } };
}
