/** Finds meters by the addresses on their plates: of several of one type, none can be told from the others by the wildcard. */
import type { Link } from '../contract.ts';
import { READ_DATA } from './control-codes.ts';
import { SEARCHED_TYPES } from './search-meters.ts';
import { QUESTIONS, whoIsThere, type PresentMeter } from './who-is-there.ts';

/** What every meter has, in both orders of DI. */
const READINGS = QUESTIONS.filter(({ control }) => control === READ_DATA);

/** How many requests it takes to know that one is not there. */
export const REQUESTS_AN_ADDRESS = SEARCHED_TYPES.length * READINGS.length;

/**
 * The meter with that address, of 14 digits, asked as each of `meterTypes` in turn; null where it is silent. Rejects with
 * DriverError when the line fails.
 */
export async function findByAddress(
  link: Link,
  address: string,
  meterTypes: readonly number[] = SEARCHED_TYPES,
): Promise<PresentMeter | null> {
  let ser = 0;
  for (const meterType of meterTypes) {
    for (const question of READINGS) {
      const { found } = await whoIsThere(link, { meterType, address }, question, ser++);
      const meter = found.find((one) => one.address === address);
      if (meter !== undefined) return meter;
    }
  }
  return null;
}
