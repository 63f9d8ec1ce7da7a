/** One pass over a line for M-Bus slaves: by secondary addresses, then by primary ones. Changes nothing but who is selected. */
import type { Link, Profile } from '../../../../drivers/contract.ts';
import { DriverError } from '../../../../drivers/errors.ts';
import { pointReadings } from '../../../../drivers/mbus/point-readings.ts';
import { readMeter, type MeterAddress, type MeterReadout } from '../../../../drivers/mbus/read-meter.ts';
import { isAnybodyThere, searchPrimary, type PrimaryFound } from '../../../../drivers/mbus/search-primary.ts';
import { searchSecondary } from '../../../../drivers/mbus/search-secondary.ts';
import { parseSecondaryAddress } from '../../../../drivers/mbus/secondary-address.ts';
import type { FoundSlave } from '../../../../drivers/mbus/who-answers.ts';
import type { ProfileGuess } from './found-meter.ts';
import { guessMbus, mbusCandidates, utilityOfMedium } from './guess.ts';
import type { PassContext } from './pass-context.ts';
import { PRIMARY_ADDRESSES } from './pass.ts';

/** Rejects with DriverError when the line fails. */
export async function scanMbus(context: PassContext): Promise<void> {
  const selected: FoundSlave[] = [];
  await bySecondary(context, selected);
  const addresses = await primaryAddresses(context, selected);
  for (const [index, address] of addresses.entries()) {
    context.pending(addresses.length - index);
    const [here] = await searchPrimary(context.link, { from: address, to: address });
    if (here !== undefined) await atPrimary(context, here, selected);
  }
}

/** Those that were named; else all, unless nobody is there at all. */
async function primaryAddresses(
  { primary, link }: PassContext,
  selected: readonly FoundSlave[],
): Promise<readonly number[]> {
  if (primary !== undefined) return primary;
  return selected.length > 0 || (await isAnybodyThere(link)) ? PRIMARY_ADDRESSES : [];
}

/** A slave is told of at once, for the search may be broken off; by its readout, which takes its time, again later. */
async function bySecondary(context: PassContext, selected: FoundSlave[]): Promise<void> {
  const { link, isKnown, unresolved } = context;
  const onFound = (slave: FoundSlave): void => {
    if (isKnown(slave.secondary)) return;
    selected.push(slave);
    announce(context, slave, slave.id, null);
  };
  try {
    const result = await searchSecondary(link, { onFound });
    for (const { digits, reason } of result.unresolved)
      unresolved(`M-Bus, numbers that begin with "${digits}"`, reason);
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'checksum') throw error;
    unresolved('M-Bus, by secondary address', error.message);
  }
  for (const slave of selected) {
    const address = parseSecondaryAddress(slave.secondary);
    if (address !== null) announce(context, slave, slave.id, await readoutOf(link, { kind: 'secondary', address }));
  }
}

/** Who has been selected has an address already. */
async function atPrimary(context: PassContext, here: PrimaryFound, selected: readonly FoundSlave[]): Promise<void> {
  const where = `M-Bus, primary address ${here.address}`;
  const known = selected.filter(({ primary }) => primary === here.address).length;
  switch (here.kind) {
    case 'unnamed':
      context.unresolved(where, 'somebody answers without saying who it is');
      return;
    case 'several':
      if (known < 2) context.unresolved(where, 'several slaves have it, or the line is noisy');
      return;
    case 'slave': {
      const { slave } = here;
      if (context.isKnown(slave.secondary) || selected.some(({ secondary }) => secondary === slave.secondary)) return;
      if (here.address === 0) {
        context.unresolved(where, `${slave.id} has no address and cannot be selected`);
        return;
      }
      const readout = await readoutOf(context.link, { kind: 'primary', address: here.address, id: slave.id });
      announce(context, slave, `${here.address}/${slave.id}`, readout);
    }
  }
}

/** Null where it cannot be read. */
async function readoutOf(link: Link, address: MeterAddress): Promise<MeterReadout | null> {
  try {
    return await readMeter(link, address);
  } catch (error) {
    if (!(error instanceof DriverError) || error.code === 'closed' || error.code === 'unsent') throw error;
    return null;
  }
}

function announce(context: PassContext, slave: FoundSlave, address: string, readout: MeterReadout | null): void {
  const { id: number, secondary, manufacturer, version, medium, product } = slave;
  const maker = manufacturer === null ? 'fixed data' : `${manufacturer}, version ${version}`;
  context.found({
    address,
    number,
    says: [medium, maker, product].filter((text) => text !== null && text !== '').join(', '),
    utility: utilityOfMedium(medium),
    profile: profileOf(context.profiles, slave, readout, context.link.now()),
    secondary,
    primary: slave.primary,
  });
}

/** Fixed data name their medium in the readout, not in what the search hears. */
function profileOf(
  profiles: readonly Profile[],
  slave: FoundSlave,
  readout: MeterReadout | null,
  now: number,
): ProfileGuess {
  const candidates = mbusCandidates(profiles, slave);
  if (readout === null) return { id: null, because: `it may be any of ${candidates.map(({ id }) => id).join(', ')}` };
  const good = candidates.map(({ id, points, slave: wanted }) => {
    const readings = pointReadings(points, wanted, readout, now);
    return [id, readings.filter(({ quality }) => quality === 'good').length] as const;
  });
  return guessMbus(new Map(good));
}
