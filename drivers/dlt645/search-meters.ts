/** Finds every meter on a line that has several. */
import type { Link } from '../contract.ts';
import { searchByLastDigits, type SearchStep } from '../search/by-last-digits.ts';
import type { Version } from './control-codes.ts';
import { whoIsThere } from './who-is-there.ts';

const DIGITS = 12;
const WILDCARD = 'aa';

/**
 * Goes by the last digits of the addresses; what is found are addresses. Stop by leaving the loop. Several meters that do not
 * know partial wildcards stay unresolved. A meter of 1997 may be found as the wildcard itself: see `printedAddress`. Rejects
 * with DriverError when the line fails or is noisy.
 */
export function searchMeters(link: Link, version: Version): AsyncGenerator<SearchStep<string>, void, undefined> {
  return searchByLastDigits({
    digits: DIGITS,
    ask: (suffix) => whoIsThere(link, WILDCARD.repeat((DIGITS - suffix.length) / 2) + suffix, version),
    addressOf: (address) => address,
  });
}
