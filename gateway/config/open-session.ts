/** A session with a configured device: what its driver is to know of it. */
import type { Driver, Knowledge, Profile, Session } from '../../drivers/contract.ts';
import type { BusConfig, DeviceConfig } from './schema.ts';
import { lineCost, mediumOf } from './wire-time.ts';

export interface SessionParts {
  readonly drivers: readonly Driver[];
  readonly profile: Profile;
  readonly bus: BusConfig;
  readonly device: DeviceConfig;
  readonly knowledge: Knowledge;
}

/** The configuration must have been checked: an unknown driver, or an address that it cannot have, is thrown as a plain Error. */
export function openSession(parts: SessionParts): Session {
  const session = openIfAddressed(parts);
  if (!session) throw new Error(`device ${parts.device.id}: no address ${addressOf(parts.device)}`);
  return session;
}

/** Null where the device's address is none of its protocol. */
export function openIfAddressed({ drivers, profile, bus, device, knowledge }: SessionParts): Session | null {
  const driver = drivers.find(({ name }) => name === profile.driver);
  if (!driver) throw new Error(`device ${device.id}: no driver ${profile.driver}`);
  const address = driver.addressing.parse(addressOf(device), bus.type);
  if (!address.ok) return null;
  const cost = lineCost(bus, device);
  return driver.open({ device: device.id, address: address.address, profile, medium: mediumOf(bus), cost, knowledge });
}

/** What tells a device from its neighbours on the bus, as it is configured. */
export function addressOf({ unit, address }: Pick<DeviceConfig, 'unit' | 'address'>): string {
  return address ?? String(unit ?? '');
}
