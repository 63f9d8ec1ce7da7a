/** What a pass over a line has, and whom it tells. */
import type { Link, Profile } from '../../../../drivers/contract.ts';
import type { MeterSeen } from './found-meter.ts';

export interface PassContext {
  readonly link: Link;
  readonly profiles: readonly Profile[];
  /** CJ/T 188 addresses to ask besides. */
  readonly listed: readonly string[];
  /** The M-Bus addresses to ask in any case. Undefined: all where anybody is there. */
  readonly primary: readonly number[] | undefined;
  /** Whether a meter of this protocol with this address, or M-Bus secondary address, has been found already. */
  readonly isKnown: (address: string) => boolean;
  readonly found: (meter: MeterSeen) => void;
  readonly unresolved: (where: string, reason: string) => void;
  /** How many requests the pass will still make, as far as it knows. */
  readonly pending: (requests: number) => void;
}
