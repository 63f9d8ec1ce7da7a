/** What a pass over a line has, and whom it tells. */
import type { Link, Profile } from '../../../../drivers/contract.ts';
import type { MeterSeen } from './found-meter.ts';

export interface PassContext {
  readonly link: Link;
  readonly profiles: readonly Profile[];
  /** Whether a meter of this protocol with this address, or M-Bus secondary address, has been found already. */
  readonly isKnown: (address: string) => boolean;
  readonly found: (meter: MeterSeen) => void;
  readonly unresolved: (where: string, reason: string) => void;
  /** How many requests the pass will still make, as far as it knows. */
  readonly pending: (requests: number) => void;
}
