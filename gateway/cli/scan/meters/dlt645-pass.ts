/** One pass over a line for DL/T 645 meters of both versions. Only reads. */
import type { Link } from '../../../../drivers/contract.ts';
import type { Version } from '../../../../drivers/dlt645/control-codes.ts';
import { detectVersion } from '../../../../drivers/dlt645/detect-version.ts';
import { printedAddress } from '../../../../drivers/dlt645/discover-meter.ts';
import { ANY_METER } from '../../../../drivers/dlt645/frame-address.ts';
import { readItem } from '../../../../drivers/dlt645/read-item.ts';
import { searchMeters } from '../../../../drivers/dlt645/search-meters.ts';
import { DriverError } from '../../../../drivers/errors.ts';
import { guessDlt645 } from './guess.ts';
import type { PassContext } from './pass-context.ts';

/** Voltage of phase B. */
const PHASE_B: Readonly<Record<Version, string>> = { '2007': '02010200', '1997': 'B612' };
const VERSIONS: readonly Version[] = ['2007', '1997'];
/** Where nobody answers. */
const REQUESTS_1997 = 2;

interface Heard {
  readonly address: string;
  /** Among other answers. */
  readonly several: boolean;
}

/** Rejects with DriverError when the line fails. */
export async function scanDlt645(context: PassContext): Promise<void> {
  for (const version of VERSIONS) {
    const later = version === '2007' ? REQUESTS_1997 : 0;
    try {
      for await (const { suffix, found, several, unresolved, pending } of searchMeters(context.link, version)) {
        context.pending(pending + later);
        for (const address of found) await identify(context, { address, several }, version);
        if (unresolved !== null)
          context.unresolved(`DL/T 645-${version}, addresses that end with "${suffix}"`, unresolved);
      }
    } catch (error) {
      if (!(error instanceof DriverError) || error.code !== 'checksum') throw error;
      context.unresolved(`DL/T 645-${version}`, error.message);
    }
  }
}

async function identify(context: PassContext, { address: heard, several }: Heard, version: Version): Promise<void> {
  const { link, profiles, isKnown, found, unresolved } = context;
  const address = heard === ANY_METER ? await printedAddress(link, version) : heard;
  if (address === ANY_METER) {
    unresolved(`DL/T 645-${version}`, 'a meter answers to the wildcard, as the wildcard, and not to its number');
    return;
  }
  if (isKnown(address)) return;
  const spoken = await versionOf(link, address, version);
  if (spoken === null) {
    // Of several answers that fall together, one may come that nobody has given.
    if (!several)
      unresolved(`DL/T 645-${version}, ${address}`, 'it was heard once, and does not answer to its address');
    return;
  }
  const phases = await phasesOf(link, address, spoken);
  const says = `DL/T 645-${spoken}${phases === null ? '' : `, ${phases === 3 ? 'three phases' : 'one phase'}`}`;
  found({ address, number: address, says, utility: 'electricity', profile: guessDlt645(profiles, spoken, phases) });
}

/** A meter with one phase refuses the voltage of another, or fills it with FF or zeros. Null: no answer. */
async function phasesOf(link: Link, address: string, version: Version): Promise<1 | 3 | null> {
  try {
    const { values } = await readItem(link, { address, version }, PHASE_B[version]);
    const volts = values[0]?.value;
    return typeof volts === 'string' && Number(volts) > 0 ? 3 : 1;
  } catch (error) {
    if (!(error instanceof DriverError) || error.code === 'closed' || error.code === 'unsent') throw error;
    return error.code === 'unsupported' || error.code === 'refused' ? 1 : null;
  }
}

/** A meter may refuse what it does not understand: the version is not the one that it was heard in. Null: no answer. */
async function versionOf(link: Link, address: string, heard: Version): Promise<Version | null> {
  try {
    return await detectVersion(link, address, heard);
  } catch (error) {
    if (!(error instanceof DriverError) || !error.retryable) throw error;
    return null;
  }
}
