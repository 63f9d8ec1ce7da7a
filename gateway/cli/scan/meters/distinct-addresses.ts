/** M-Bus slaves of different makers may have the same number. Pure. */
import { fullAddress } from '../../../../drivers/mbus/meter-address.ts';
import { parseSecondaryAddress } from '../../../../drivers/mbus/secondary-address.ts';
import type { FoundMeter } from './found-meter.ts';

/** The meters, those that share an address with another by what else tells them apart. */
export function distinctAddresses(meters: readonly FoundMeter[]): FoundMeter[] {
  return meters.map((meter) => {
    const others = meters.filter((other) => other.protocol === meter.protocol && other.address === meter.address);
    const secondary = meter.secondary === undefined ? null : parseSecondaryAddress(meter.secondary);
    const full = others.length > 1 && secondary !== null ? fullAddress(secondary) : null;
    return full === null ? meter : { ...meter, address: full };
  });
}
