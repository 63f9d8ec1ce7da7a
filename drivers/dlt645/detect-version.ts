/** Finds out which of the two versions a meter speaks. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { MeterKnowledge } from './meter-knowledge.ts';
import { whoAnswers } from './presence.ts';

/**
 * What is to be remembered of the meter. Rejects with DriverError: `timeout` where it is silent in both versions; after
 * damaged or foreign replies nothing is concluded.
 */
export async function detectVersion(link: Link, address: string): Promise<Required<Pick<MeterKnowledge, 'version'>>> {
  for (const version of ['2007', '1997'] as const) {
    try {
      await whoAnswers(link, address, version);
      return { version };
    } catch (error) {
      if (!(error instanceof DriverError) || error.code !== 'timeout') throw error;
    }
  }
  throw new DriverError('timeout', `no answer from meter ${address}, neither in DL/T 645-2007 nor in -1997`);
}
