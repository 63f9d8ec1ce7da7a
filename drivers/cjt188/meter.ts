/** What is known of one meter before anything is asked. */
import { DriverError } from '../errors.ts';
import type { DiOrder } from './data-identifier.ts';
import type { StBitOrder } from './decode-status.ts';
import { addressBytes, ANY_ADDRESS } from './frame.ts';
import type { LayoutName } from './layouts.ts';

export interface MeterSettings {
  /** T as it is asked, 0 to 255; AA for any. */
  readonly meterType: number;
  /** A6…A0 as printed: 14 digits. */
  readonly address: string;
  /** `auto`: found out at the first reading and remembered. */
  readonly diOrder: 'auto' | DiOrder;
  readonly layout: LayoutName;
  readonly stBitOrder: StBitOrder;
  /** Whether a reply must have the T and SER of its request. By default its address and DI decide: some meters have others. */
  readonly strictReplies?: boolean;
  /** FE before each request; undefined: as many as the standard has at most. */
  readonly wakeUps?: number;
}

/** The meter's address as it stands in frames. Throws DriverError (`config`) where it is none. */
export function addressOf({ address }: Pick<MeterSettings, 'address'>): string {
  addressBytes(address);
  return address.toLowerCase();
}

/** Throws DriverError (`config`) where a write would be obeyed by whatever meter hears it. */
export function refuseWildcard(meter: Pick<MeterSettings, 'address'>): void {
  if (addressOf(meter) === ANY_ADDRESS) {
    throw new DriverError('config', 'a write needs the address of its meter: any meter obeys AA AA AA AA AA AA AA');
  }
}
