/** Which device a command line means: one of the site's, or one at an address. */
import type { Profile } from '../../../drivers/contract.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import { deviceSchema, type BusConfig, type DeviceConfig } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { usageError } from '../exit.ts';
import { busOf, findBus } from '../line/find-bus.ts';
import { loadProfiles, profileOf } from '../options/load-profiles.ts';
import { loadSite } from '../options/load-site.ts';
import type { ReadOptions } from './options.ts';
import { rawRequestOf, type RawRequest } from './raw-request.ts';

export interface Target {
  readonly bus: BusConfig;
  readonly device: DeviceConfig;
  /** The points of a model, or registers as they stand. */
  readonly wanted: { readonly profile: Profile } | { readonly raw: RawRequest };
  /** Null for a bus that is in no site. */
  readonly site: SiteConfig | null;
}

const WHICH = 'name a device of the site, or --bus and --unit';

/** Rejects with CliError. */
export async function findTarget(device: string | undefined, options: ReadOptions): Promise<Target> {
  const { bus, unit, profile } = options;
  const raw = rawRequestOf(options);
  if (device !== undefined) {
    const [extra] = Object.entries({ bus, unit, profile }).filter(([, value]) => value !== undefined);
    if (extra) throw usageError(`the site file says the ${extra[0]} of ${device}: leave --${extra[0]} out`);
    return ofSite(device, raw, options);
  }
  if (bus === undefined) throw usageError('which device?', WHICH);
  if (unit === undefined) throw usageError('which unit of the bus?', '--unit 1, for example; `scan` finds them');
  if ((profile === undefined) === (raw === null)) {
    throw usageError('what is to be read?', '--profile for the points of a model, or --table, --address and --count');
  }
  return atAddress(bus, unit, raw, options);
}

async function ofSite(id: string, raw: RawRequest | null, { site: file }: ReadOptions): Promise<Target> {
  const site = await loadSite(file);
  const device = site.devices.find((one) => one.id === id);
  if (!device) {
    const hint = suggest(id, site.devices.map((one) => one.id)); // prettier-ignore
    throw usageError(`there is no device ${JSON.stringify(id)} in ${file}`, hint);
  }
  const wanted = raw ? { raw } : { profile: profileOf(site.profiles, device.profile) };
  return { bus: busOf(site, device.bus), device, wanted, site };
}

async function atAddress(text: string, unit: number, raw: RawRequest | null, options: ReadOptions): Promise<Target> {
  const { bus, site } = await findBus(text, options.site);
  const { profile: id = 'none', profileFolder } = options;
  const wanted = raw ? { raw } : { profile: profileOf(site?.profiles ?? (await loadProfiles(profileFolder)), id) };
  const device = deviceSchema.parse({ id: `unit-${unit}`, bus: bus.id, unit, profile: id });
  return { bus, device, wanted, site };
}
