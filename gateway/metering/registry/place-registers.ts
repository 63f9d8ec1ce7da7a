/** Finds the register of each meter in the configuration, and makes the devices of those that hang on a bus. */
import type { Mistake } from '../../config/mistakes/mistake.ts';
import type { DeviceConfig } from '../../config/schema.ts';
import type { RegisterPlace } from '../model.ts';
import { meterDevice, deviceIdOf, type OnLine } from './meter-device.ts';
import type { MeterRow } from './meter-row.ts';
import { nearNames } from './near-names.ts';
import { atCell, lineOf } from './place-of-row.ts';
import { registerPoint } from './register-point.ts';
import type { Source } from './source.ts';
import type { Surroundings } from './surroundings.ts';

export interface PlacedMeters {
  /** By row; of what could not be found, nothing. */
  readonly places: ReadonlyMap<MeterRow, RegisterPlace>;
  readonly devices: readonly { readonly device: DeviceConfig; readonly file: string; readonly line: number }[];
  readonly mistakes: readonly Mistake[];
}

type Found =
  { readonly ok: true; readonly place: RegisterPlace } | { readonly ok: false; readonly mistakes: Mistake[] };

/** `isBad`: a meter with mistakes of its own, which becomes no device. */
export function placeRegisters(
  meters: readonly MeterRow[],
  around: Surroundings,
  isBad: (meter: MeterRow) => boolean,
): PlacedMeters {
  const places = new Map<MeterRow, RegisterPlace>();
  const devices: { device: DeviceConfig; file: string; line: number }[] = [];
  const mistakes: Mistake[] = [];
  const take = (meter: MeterRow, found: Found): boolean => {
    if (found.ok) places.set(meter, found.place);
    // What a removed meter hung on may be gone as well.
    else if (meter.removedAt === null) mistakes.push(...found.mistakes);
    return found.ok;
  };
  for (const meter of meters) {
    if (meter.source?.kind !== 'line') continue;
    const found = take(meter, onLine(meter, meter.source, around));
    if (meter.removedAt !== null) continue;
    const made = meterDevice(meter, meter.source, around);
    mistakes.push(...made.mistakes);
    if (found && made.device && !isBad(meter))
      devices.push({ device: made.device, file: meter.file, line: meter.row.line });
  }
  const all = new Map([...around.devices, ...devices.map(({ device }) => device)].map((device) => [device.id, device]));
  const owners = ownersOf(places);
  const hint = nearNames(all.keys(), 'a device stands in the site file, in a device file, or is a meter on a bus');
  const onBuses = new Set(meters.flatMap(({ source, number }) => (source?.kind === 'line' ? deviceIdOf(number) : [])));
  for (const meter of meters) {
    if (meter.source?.kind === 'point')
      take(meter, atPoint(meter, meter.source, { around, all, owners, onBuses, hint }));
  }
  return { places, devices, mistakes };
}

function onLine(meter: MeterRow, source: OnLine, { profiles }: Surroundings): Found {
  const profile = profiles.get(source.profile);
  if (!profile) return { ok: false, mistakes: [] };
  const point = registerPoint({ profile, utility: meter.utility, point: source.point, pulseWeight: null });
  if (point.ok) {
    return { ok: true, place: { device: deviceIdOf(meter.number), point: point.value, pulseWeight: null } };
  }
  const column = source.point === null ? 'profile' : 'point';
  return { ok: false, mistakes: [atCell(meter, column, point.message, point.hint)] };
}

interface AllDevices {
  readonly around: Surroundings;
  readonly all: ReadonlyMap<string, DeviceConfig>;
  readonly owners: ReadonlyMap<string, MeterRow>;
  /** The ids of all meters on buses, those with mistakes included. */
  readonly onBuses: ReadonlySet<string>;
  readonly hint: (wrong: string) => string | undefined;
}

function atPoint(meter: MeterRow, source: Extract<Source, { kind: 'point' }>, among: AllDevices): Found {
  const { pulseWeight } = source;
  const device = among.all.get(source.device);
  if (!device) return { ok: false, mistakes: noDevice(meter, source.device, among) };
  const profile = among.around.profiles.get(device.profile);
  if (!profile) return { ok: false, mistakes: [] };
  const point = registerPoint({ profile, utility: meter.utility, point: source.point, pulseWeight });
  if (!point.ok) return { ok: false, mistakes: [atCell(meter, 'point', point.message, point.hint)] };
  const owner = among.owners.get(JSON.stringify([device.id, point.value]));
  if (owner && meter.removedAt === null) {
    const message = `${point.value} of device ${JSON.stringify(device.id)} is the register of ${owner.number} (${lineOf(owner, meter)})`;
    return { ok: false, mistakes: [atCell(meter, 'point', message, 'it would be billed twice: name another point')] };
  }
  return { ok: true, place: { device: device.id, point: point.value, pulseWeight } };
}

/** A device that is there, with mistakes of its own, is no second mistake. */
function noDevice(meter: MeterRow, id: string, { around: { known }, onBuses, hint }: AllDevices): Mistake[] {
  if (known.devices === null || known.devices.has(id) || onBuses.has(id)) return [];
  return [atCell(meter, 'device', `there is no device ${JSON.stringify(id)}`, hint(id))];
}

/** The meters that stand on a bus, by their register. */
function ownersOf(places: ReadonlyMap<MeterRow, RegisterPlace>): Map<string, MeterRow> {
  const present = [...places].filter(([{ removedAt }]) => removedAt === null);
  return new Map(present.map(([meter, { device, point }]) => [JSON.stringify([device, point]), meter]));
}
