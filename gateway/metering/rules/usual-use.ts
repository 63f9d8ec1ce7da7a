/** What a chain of meters usually uses in a day. For questions only: nobody is billed by it. */
import { add, compare, multiply, type Decimal } from '../../../drivers/bytes/decimal.ts';
import type { PastUse } from './estimate.ts';
import { decimal, milliseconds, quotient } from './register.ts';

const DAY = milliseconds(86_400_000);
/** A millionth of a unit a day is nothing. */
const DECIMALS = 6;
/** A year, so that a winter is compared with the winter before. */
const PERIODS = 12;

/** Null where it stood for no time. */
export function dailyUse({ consumption, from, to }: PastUse): Decimal | null {
  return to > from ? quotient(multiply(decimal(consumption), DAY), milliseconds(to - from), DECIMALS) : null;
}

/** The median of the last measured periods; null where there are none. `history`: newest first. */
export function usualDailyUse(history: readonly PastUse[]): Decimal | null {
  const measured = history.filter(({ isEstimated }) => !isEstimated).slice(0, PERIODS);
  const daily = measured.flatMap((past) => dailyUse(past) ?? []).sort(compare);
  const [low, high] = [daily[(daily.length - 1) >> 1], daily[daily.length >> 1]];
  if (low === undefined || high === undefined) return null;
  return quotient(add(low, high), { digits: 2n, exponent: 0 }, DECIMALS);
}
