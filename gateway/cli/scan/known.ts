/** Which device of the site somebody is whom a scan has found on one of its buses. Pure. */
import type { Driver } from '../../../drivers/contract.ts';
import { meterAddressOf } from '../../../drivers/mbus/meter-address.ts';
import { isSelected, parseSecondaryAddress } from '../../../drivers/mbus/secondary-address.ts';
import type { BusConfig, DeviceConfig } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { MeterSeen } from './meters/found-meter.ts';

export interface KnownBus {
  readonly bus: BusConfig;
  /** Null: the bus stands in no site file, and nobody is known. */
  readonly site: Pick<SiteConfig, 'devices' | 'profiles'> | null;
}

/** The id of the Modbus device with that unit; null where there is none. */
export function knownUnit(known: KnownBus, unit: number): string | null {
  return devicesOf(known, 'modbus').find((device) => device.unit === unit)?.id ?? null;
}

/** The id of the meter that has this address in the protocol of `driver`. */
export function knownMeter(known: KnownBus, driver: Driver, seen: MeterSeen): string | null {
  const isIt = ({ address = '' }: DeviceConfig): boolean => {
    const parsed = driver.addressing.parse(address, known.bus.type);
    if (!parsed.ok) return false;
    return seen.secondary === undefined ? parsed.address === seen.address : isSlave(parsed.address, seen);
  };
  return devicesOf(known, driver.name).find(isIt)?.id ?? null;
}

function devicesOf({ bus, site }: KnownBus, driver: string): readonly DeviceConfig[] {
  const all = site?.devices ?? [];
  return all.filter((device) => device.bus === bus.id && site?.profiles.get(device.profile)?.driver === driver);
}

/** Whether the M-Bus address, as its driver writes it, is that of the slave. */
function isSlave(text: string, { primary, secondary = '' }: MeterSeen): boolean {
  const address = meterAddressOf(text);
  const own = parseSecondaryAddress(secondary);
  if (address.kind === 'secondary') return own !== null && isSelected(address.address, own);
  return address.address === primary && (address.id === undefined || secondary.startsWith(address.id));
}
