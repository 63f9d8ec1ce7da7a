/** Which device a command line means: one of the site's, or one at an address. */
import type { Profile } from '../../../drivers/contract.ts';
import { drivers } from '../../../drivers/index.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import { addressOf } from '../../config/open-session.ts';
import { deviceSchema, type BusConfig, type DeviceConfig } from '../../config/schema.ts';
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

const WHICH = 'name a device of the site, or --bus and --unit or --meter';

/** Rejects with CliError. */
export async function findTarget(device: string | undefined, options: ReadOptions): Promise<Target> {
  const { bus, unit, meter, profile } = options;
  const raw = rawRequestOf(options);
  if (device !== undefined) {
    const [extra] = Object.entries({ bus, unit, meter, profile }).filter(([, value]) => value !== undefined);
    if (extra) throw usageError(`the site file says the ${extra[0]} of ${device}: leave --${extra[0]} out`);
    return ofSite(device, raw, options);
  }
  if (bus === undefined) throw usageError('which device?', WHICH);
  if ((unit === undefined) === (meter === undefined)) {
    throw usageError('which device of the bus?', '--unit 1 or --meter 012345678901; `scan` finds them');
  }
  if ((profile === undefined) === (raw === null)) {
    throw usageError('what is to be read?', '--profile for the points of a model, or --table, --address and --count');
  }
  return atAddress(bus, raw, options);
}

async function ofSite(id: string, raw: RawRequest | null, { site: file }: ReadOptions): Promise<Target> {
  const site = await loadSite(file);
  const device = site.devices.find((one) => one.id === id);
  if (!device) {
    const hint = suggest(id, site.devices.map((one) => one.id)); // prettier-ignore
    throw usageError(`there is no device ${JSON.stringify(id)} in ${file}`, hint);
  }
  const profile = profileOf(site.profiles, device.profile);
  if (raw && profile.driver !== 'modbus') throw usageError(`${id} has no registers: it speaks ${profile.driver}`);
  const wanted = raw ? { raw } : { profile };
  return { bus: busOf(site, device.bus), device, wanted, site, api: site.api };
}

async function atAddress(text: string, raw: RawRequest | null, options: ReadOptions): Promise<Target> {
  const found = await findBus(text, options.site);
  const { bus, site } = found;
  const { unit, meter, profile: id = 'none', profileFolder } = options;
  const wanted = raw ? { raw } : { profile: profileOf(site?.profiles ?? (await loadProfiles(profileFolder)), id) };
  const name = unit === undefined ? 'meter' : `unit-${unit}`;
  const device = deviceSchema.parse({ id: name, bus: bus.id, unit, address: meter, profile: id });
  if ('profile' in wanted) checkAddress(wanted.profile, device, bus);
  return { ...found, device, wanted };
}

/** Rejects what no device of this protocol can have. */
function checkAddress({ id, driver: name }: Profile, device: DeviceConfig, bus: BusConfig): void {
  const addressing = drivers.find((driver) => driver.name === name)?.addressing;
  if (!addressing) throw new Error(`no driver ${name}`);
  const option = addressing.key === 'unit' ? '--unit' : '--meter';
  if (device[addressing.key] === undefined) throw usageError(`a device of the profile ${id} is named by ${option}`);
  const parsed = addressing.parse(addressOf(device), bus.type);
  if (!parsed.ok) throw usageError(parsed.message, parsed.hint);
}
