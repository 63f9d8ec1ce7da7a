/** Whether a reading meets a rule's test. */
import type { Reading, Value } from '../../drivers/contract.ts';
import type { PointTest } from './types.ts';

/**
 * True, false, or null where the reading does not tell. `before` decides within the hysteresis. An uncertain value
 * (decoded, but out of the profile's range) may raise an alarm but not clear one: a pressure beyond the transmitter's
 * range is high, and a sensor that shows nonsense has not come back to normal.
 */
export function holds(test: PointTest, before: boolean, reading: Reading): boolean | null {
  if (reading.quality === 'bad' || reading.value === null) return null;
  const verdict = compare(test, before, reading.value);
  return reading.quality === 'uncertain' && verdict === false ? null : verdict;
}

function compare(test: PointTest, before: boolean, value: Value): boolean | null {
  if (test.kind === 'in') return test.values.includes(value);
  // Integers beyond 2^53 travel as decimal strings.
  const number = typeof value === 'string' ? Number.parseFloat(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return null;
  if ('bands' in test) {
    const isWithin = test.bands.some(([from, to]) => number >= from && number <= to);
    return isWithin === (test.kind === 'within');
  }
  const beyond = test.kind === 'above' ? number - test.limit : test.limit - number;
  if (beyond > 0) return true;
  return beyond > -test.hysteresis ? before : false;
}
