/** Meters that are a register or a counter of a device that stands elsewhere in the configuration. */
import type { Mistake } from '../../config/mistakes/mistake.ts';
import type { DeviceConfig } from '../../config/schema.ts';
import type { RegisterPlace } from '../model.ts';
import { deviceIdOf } from './meter-device.ts';
import type { MeterRow } from './meter-row.ts';
import { nearNames } from './near-names.ts';
import { atCell, lineOf } from './place-of-row.ts';
import type { Placed } from './place-on-buses.ts';
import { registerPoint } from './register-point.ts';
import type { Source } from './source.ts';
import type { Surroundings } from './surroundings.ts';

interface Among {
  readonly around: Surroundings;
  /** The meters on buses included. */
  readonly devices: ReadonlyMap<string, DeviceConfig>;
  /** Ids of all that there are, of those with mistakes too; null: nobody knows them all. */
  readonly ids: ReadonlySet<string> | null;
  /** The meters on buses that are there, by their register. */
  readonly owners: ReadonlyMap<string, MeterRow>;
  readonly hint: (wrong: string) => string | undefined;
}

type Found = { readonly place: RegisterPlace | null; readonly mistakes: readonly Mistake[] };

/** What a removed meter was a point of may be gone as well. */
export function placeAtPoints(
  meters: readonly MeterRow[],
  around: Surroundings,
  onBuses: Placed,
): Pick<Placed, 'places' | 'mistakes'> {
  const places = new Map<MeterRow, RegisterPlace>();
  const mistakes: Mistake[] = [];
  const among = whatThereIs(meters, around, onBuses);
  for (const meter of meters) {
    if (meter.source?.kind !== 'point') continue;
    const found = find(meter, meter.source, among);
    if (found.place) places.set(meter, found.place);
    if (meter.removedAt === null) mistakes.push(...found.mistakes);
  }
  return { places, mistakes };
}

function whatThereIs(meters: readonly MeterRow[], around: Surroundings, { places, devices }: Placed): Among {
  const all = [...around.devices, ...devices.map(({ device }) => device)];
  const onBuses = meters.flatMap(({ source, number }) => (source?.kind === 'line' ? deviceIdOf(number) : []));
  const present = [...places].filter(([{ removedAt }]) => removedAt === null);
  const ids = all.map(({ id }) => id);
  return {
    around,
    devices: new Map(all.map((device) => [device.id, device])),
    ids: around.known.devices && new Set([...around.known.devices, ...onBuses]),
    owners: new Map(present.map(([meter, place]) => [registerKey(place), meter])),
    hint: nearNames(ids, 'a device stands in the site file or in a device file, or is a meter on a bus'),
  };
}

function find(meter: MeterRow, source: Extract<Source, { kind: 'point' }>, among: Among): Found {
  const { pulseWeight } = source;
  const device = among.devices.get(source.device);
  if (!device) {
    if (among.ids === null || among.ids.has(source.device)) return { place: null, mistakes: [] };
    const message = `there is no device ${JSON.stringify(source.device)}`;
    return { place: null, mistakes: [atCell(meter, 'device', message, among.hint(source.device))] };
  }
  const profile = among.around.profiles.get(device.profile);
  const { utility, unit } = meter;
  if (!profile || utility === undefined || unit === undefined) return { place: null, mistakes: [] };
  const point = registerPoint({ profile, utility, unit, point: source.point, pulseWeight });
  if (!point.ok) return { place: null, mistakes: [atCell(meter, 'point', point.message, point.hint)] };
  const place = { device: device.id, point: point.value, pulseWeight };
  return { place, mistakes: [...sayOwned(meter, place, among), ...sayIdle(meter, device)] };
}

function sayOwned(meter: MeterRow, place: RegisterPlace, { owners }: Among): Mistake[] {
  const owner = owners.get(registerKey(place));
  if (!owner) return [];
  const message = `${place.point} of device ${JSON.stringify(place.device)} is the register of ${owner.number} (${lineOf(owner, meter)})`;
  return [atCell(meter, 'point', message, 'it would be billed twice: name another point')];
}

function sayIdle(meter: MeterRow, { id, enabled }: DeviceConfig): Mistake[] {
  if (enabled) return [];
  const message = `nothing reads this meter: device ${JSON.stringify(id)} is not enabled`;
  return [atCell(meter, 'device', message, undefined, 'warning')];
}

function registerKey({ device, point }: RegisterPlace): string {
  return JSON.stringify([device, point]);
}
