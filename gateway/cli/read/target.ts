/** Which device a command line means: one of the site's, or one at an address. */
import type { Profile } from '../../../drivers/contract.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import { deviceSchema, type DeviceConfig } from '../../config/schema.ts';
import { usageError } from '../exit.ts';
import { busOf, findBus, type FoundBus } from '../line/find-bus.ts';
import { loadProfiles, profileOf } from '../options/load-profiles.ts';
import { loadSite } from '../options/load-site.ts';
import type { ReadOptions } from './options.ts';
import { rawRequestOf, type RawRequest } from './raw-request.ts';

export interface Target extends FoundBus {
  readonly device: DeviceConfig;
  /** The points of a model, or registers as they stand. */
  readonly wanted: { readonly profile: Profile } | { readonly raw: RawRequest };
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
  return { bus: busOf(site, device.bus), device, wanted, site, api: site.api };
}

async function atAddress(text: string, unit: number, raw: RawRequest | null, options: ReadOptions): Promise<Target> {
  const found = await findBus(text, options.site);
  const { bus, site } = found;
  const { profile: id = 'none', profileFolder } = options;
  const wanted = raw ? { raw } : { profile: profileOf(site?.profiles ?? (await loadProfiles(profileFolder)), id) };
  const device = deviceSchema.parse({ id: `unit-${unit}`, bus: bus.id, unit, profile: id });
  return { ...found, device, wanted };
}
