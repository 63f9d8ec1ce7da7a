/**
 * The characteristic byte Z of a baud rate: one bit of it is set. It stands for another rate in 1997 than in 2007
 * (2007: annex C; 1997: SunnySuGitHub/DLT645_protocal).
 */
import type { Version } from './control-codes.ts';

const FIRST_BIT: Readonly<Record<Version, readonly number[]>> = {
  // From bit 1 on.
  '2007': [600, 1200, 2400, 4800, 9600, 19200],
  '1997': [300, 600, 1200, 2400, 4800, 9600],
};

/** The rate in baud; null where not exactly one known bit is set. */
export function baudOf(z: number, version: Version): number | null {
  return FIRST_BIT[version].find((_, index) => z === 2 << index) ?? null;
}
