/** What the registry has to know of the rest of the configuration. */
import type { Driver, Profile } from '../../../drivers/contract.ts';
import type { BusConfig, DeviceConfig, SiteFile } from '../../config/schema.ts';

export interface Surroundings {
  /** Those without mistakes. */
  readonly buses: readonly BusConfig[];
  /** Those without mistakes that stand in the site file and its device files. */
  readonly devices: readonly DeviceConfig[];
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly drivers: readonly Driver[];
  /** How often registers are read, in seconds. */
  readonly metering: Pick<SiteFile['metering'], 'electricityEveryS' | 'othersEveryS'>;
  /** Names that may be referred to, those of parts with mistakes of their own included. Null: nobody knows them all. */
  readonly known: {
    readonly buses: ReadonlySet<string>;
    readonly profiles: ReadonlySet<string>;
    readonly devices: ReadonlySet<string> | null;
  };
}
