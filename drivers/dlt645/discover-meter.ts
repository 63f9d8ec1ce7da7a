/** Finds the one meter on a line, whatever its address and version. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Version } from './control-codes.ts';
import { hear } from './exchange.ts';
import { ANY_METER, addressText } from './frame-address.ts';
import { collision, whoAnswers } from './presence.ts';
import { readItem } from './read-item.ts';
import { buildReadAddress, type Meter } from './requests.ts';

const METER_NUMBER_1997 = 'C032';
const ADDRESS_LENGTH = 6;

/**
 * Asks for the address (13H), and then for a register by wildcard in both versions. Rejects with DriverError: `timeout`
 * where nobody answers, `checksum` where several do at once.
 */
export async function discoverMeter(link: Link): Promise<Meter> {
  for (const attempt of [readAddress, byWildcard('2007'), byWildcard('1997')]) {
    try {
      return await attempt(link);
    } catch (error) {
      if (!(error instanceof DriverError) || error.code !== 'timeout') throw error;
    }
  }
  throw new DriverError('timeout', 'no meter answers to the wildcard address');
}

async function readAddress(link: Link): Promise<Meter> {
  const request = buildReadAddress();
  const asked = { request, version: '2007', expectedData: ADDRESS_LENGTH, what: 'say its address' } as const;
  const { address, data } = await hear(link, { ...asked, diagnose: collision });
  return { address: data.length === ADDRESS_LENGTH ? addressText(data) : address, version: '2007' };
}

function byWildcard(version: Version): (link: Link) => Promise<Meter> {
  return async (link) => {
    const address = await whoAnswers(link, ANY_METER, version, collision);
    return { address: address === ANY_METER ? await printedAddress(link, version) : address, version };
  };
}

/**
 * Some meters of 1997 answer to the wildcard as the wildcard. Their number is their address where they answer to it;
 * otherwise the wildcard stays the only address that is known.
 */
export async function printedAddress(link: Link, version: Version): Promise<string> {
  try {
    const { values } = await readItem(link, { address: ANY_METER, version }, METER_NUMBER_1997);
    const number = values[0]?.value;
    return typeof number === 'string' ? await whoAnswers(link, number, version) : ANY_METER;
  } catch (error) {
    const isSilent = error instanceof DriverError && ['timeout', 'unsupported', 'refused'].includes(error.code);
    if (!isSilent) throw error;
    return ANY_METER;
  }
}
