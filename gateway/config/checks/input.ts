/** What the checks look at. */
import type { Driver } from '../../../drivers/contract.ts';
import type { Lost } from '../lost.ts';
import type { SiteConfig } from '../site-config.ts';

/** Names that may be referred to, those of parts that have mistakes of their own included. */
export type KnownNames = Readonly<Record<'buses' | 'devices' | 'profiles' | 'equipment', ReadonlySet<string>>>;

export interface CheckInput {
  readonly config: SiteConfig;
  readonly drivers: readonly Driver[];
  readonly known: KnownNames;
  /** Files and ports that the site names → their path without links and dots; null where there is nothing. */
  readonly realPaths: ReadonlyMap<string, string | null>;
  /** What the monitoring station's key file says; null where there is none, or it cannot be read. */
  readonly stationKey: string | null;
  /** What of `config` could not be read: nothing is to be said of it, nor of what follows from it. */
  readonly lost: Lost;
}
