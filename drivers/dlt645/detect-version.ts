/** Finds out which of the two versions a meter speaks. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Version } from './control-codes.ts';
import { knowsVersion, whoAnswers } from './presence.ts';

/**
 * The version that the meter answers in; `likely` is asked for first. A meter that is silent in both has failed once, not
 * twice. Rejects with DriverError: `timeout` where it is silent; after damaged or foreign replies nothing is concluded.
 */
export async function detectVersion(link: Link, address: string, likely: Version = '2007'): Promise<Version> {
  if (await knowsVersion(link, address, likely)) return likely;
  const other: Version = likely === '2007' ? '1997' : '2007';
  try {
    await whoAnswers(link, address, other);
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'timeout') throw error;
    throw new DriverError('timeout', `no answer from meter ${address}, neither in DL/T 645-2007 nor in -1997`);
  }
  return other;
}
