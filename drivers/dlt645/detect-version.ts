/** Finds out which of the two versions a meter speaks. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Version } from './control-codes.ts';
import { answerIn, whoAnswers } from './presence.ts';

/**
 * The version that the meter answers in; `likely` is asked for first. A meter that is silent in both has failed once, not
 * twice. A refusal of what every meter has is only believed where the other version brings nothing better. Rejects with
 * DriverError: `timeout` where it is silent; after damaged or foreign replies nothing is concluded.
 */
export async function detectVersion(link: Link, address: string, likely: Version = '2007'): Promise<Version> {
  const other: Version = likely === '2007' ? '1997' : '2007';
  switch (await answerIn(link, address, likely)) {
    case 'value':
      return likely;
    case 'refusal':
      return (await answerIn(link, address, other)) === 'value' ? other : likely;
    case 'silence':
      await mustAnswer(link, address, other);
      return other;
  }
}

async function mustAnswer(link: Link, address: string, version: Version): Promise<void> {
  try {
    await whoAnswers(link, address, version);
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'timeout') throw error;
    throw new DriverError('timeout', `no answer from meter ${address}, neither in DL/T 645-2007 nor in -1997`);
  }
}
