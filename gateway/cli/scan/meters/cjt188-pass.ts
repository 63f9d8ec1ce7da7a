/** One pass over a line for CJ/T 188 meters of all types. Only reads. */
import { identifyMeter } from '../../../../drivers/cjt188/identify-meter.ts';
import { meterTypeName } from '../../../../drivers/cjt188/meter-types.ts';
import { searchMeters, SEARCHED_TYPES } from '../../../../drivers/cjt188/search-meters.ts';
import { QUESTIONS, type PresentMeter } from '../../../../drivers/cjt188/who-is-there.ts';
import { DriverError } from '../../../../drivers/errors.ts';
import { guessCjt188, utilityOfType } from './guess.ts';
import type { PassContext } from './pass-context.ts';

/** Rejects with DriverError when the line fails. */
export async function scanCjt188(context: PassContext): Promise<void> {
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

async function identify({ link, profiles, isKnown, found }: PassContext, meter: PresentMeter): Promise<void> {
  const { address, meterType } = meter;
  if (isKnown(address)) return;
  const identified = await identifyMeter(link, meter);
  const order = identified === null ? 'gives no reading' : `DI ${identified.diOrder} byte first`;
  found({
    address,
    number: address,
    says: `${typeInWords(meterType)}, ${order}`,
    utility: utilityOfType(meterType),
    profile: guessCjt188(profiles, meterType, identified?.layout ?? null),
  });
}

function typeInWords(meterType: number): string {
  return `${meterType.toString(16).toUpperCase().padStart(2, '0')} ${meterTypeName(meterType)}`;
}
