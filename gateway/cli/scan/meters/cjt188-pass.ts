/** One pass over a line for CJ/T 188 meters of all types. Only reads. */
import { findByAddress, REQUESTS_AN_ADDRESS } from '../../../../drivers/cjt188/find-by-address.ts';
import { ANY_TYPE } from '../../../../drivers/cjt188/frame.ts';
import { identifyMeter, type IdentifiedMeter } from '../../../../drivers/cjt188/identify-meter.ts';
import { meterTypeName } from '../../../../drivers/cjt188/meter-types.ts';
import { searchMeters, SEARCHED_TYPES } from '../../../../drivers/cjt188/search-meters.ts';
import { QUESTIONS, whoIsThere, type PresentMeter } from '../../../../drivers/cjt188/who-is-there.ts';
import type { Link } from '../../../../drivers/contract.ts';
import { DriverError } from '../../../../drivers/errors.ts';
import { guessCjt188, utilityOfType } from './guess.ts';
import type { PassContext } from './pass-context.ts';

/** Rejects with DriverError when the line fails. */
export async function scanCjt188(context: PassContext): Promise<void> {
  await byWildcard(context);
  await byList(context);
}

async function byWildcard(context: PassContext): Promise<void> {
  try {
    for await (const { meterType, suffix, found, unresolved, pending } of searchMeters(context.link)) {
      const typesLeft = SEARCHED_TYPES.length - 1 - SEARCHED_TYPES.indexOf(meterType);
      context.pending(pending + typesLeft * QUESTIONS.length);
      for (const meter of found) await identify(context, meter);
      if (unresolved !== null) {
        const where = `CJ/T 188, type ${typeInWords(meterType)}${suffix === '' ? '' : `, addresses that end with "${suffix}"`}`;
        context.unresolved(where, unresolved);
      }
    }
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'checksum') throw error;
    context.unresolved('CJ/T 188', error.message);
  }
}

/** A line's meters mostly answer to the same question: that which the last one has answered to comes first. */
async function byList(context: PassContext): Promise<void> {
  const wanted = context.listed.filter((address) => !context.isKnown(address));
  let types = SEARCHED_TYPES;
  for (const [index, address] of wanted.entries()) {
    context.pending((wanted.length - index) * REQUESTS_AN_ADDRESS);
    const heard = await findByAddress(context.link, address, types);
    if (heard === null) continue;
    types = [...new Set([ANY_TYPE, heard.askedAs, heard.meterType, ...SEARCHED_TYPES])].filter((type) =>
      SEARCHED_TYPES.includes(type),
    );
    await identify(context, heard);
  }
}

async function identify(
  { link, profiles, isKnown, found, unresolved }: PassContext,
  meter: PresentMeter,
): Promise<void> {
  const { address } = meter;
  if (isKnown(address)) return;
  const identified = await identifyMeter(link, meter);
  if (identified === null && !(await answersToItsAddress(link, meter))) {
    // Of several answers that fall together, one may come that nobody has given.
    unresolved(`CJ/T 188, ${address}`, 'it was heard once, and does not answer to its address');
    return;
  }
  found({
    address,
    number: address,
    says: described(meter, identified),
    utility: utilityOfType(identified?.meterType ?? meter.meterType),
    profile: guessCjt188(profiles, identified),
  });
}

function described({ meterType }: PresentMeter, identified: IdentifiedMeter | null): string {
  if (identified === null) return `${typeInWords(meterType)}, gives no reading`;
  const other = identified.meterType === meterType ? '' : `, answers as ${typeInWords(meterType)}`;
  return `${typeInWords(identified.meterType)}${other}, DI ${identified.diOrder} byte first`;
}

async function answersToItsAddress(link: Link, meter: PresentMeter): Promise<boolean> {
  for (const [ser, question] of QUESTIONS.entries()) {
    const { found } = await whoIsThere(link, { meterType: meter.askedAs, address: meter.address }, question, ser);
    if (found.some(({ address }) => address === meter.address)) return true;
  }
  return false;
}

function typeInWords(meterType: number): string {
  return `${meterType.toString(16).toUpperCase().padStart(2, '0')} ${meterTypeName(meterType)}`;
}
