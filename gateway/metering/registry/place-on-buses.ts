/** Meters that hang on a bus: the device that each of them is, and the point of it that is the register. */
import type { Mistake } from '../../config/mistakes/mistake.ts';
import type { DeviceConfig } from '../../config/schema.ts';
import type { RegisterPlace } from '../model.ts';
import { deviceIdOf, meterDevice, type OnLine } from './meter-device.ts';
import type { MeterRow } from './meter-row.ts';
import { atCell, lineOf } from './place-of-row.ts';
import { registerPoint } from './register-point.ts';
import type { Surroundings } from './surroundings.ts';

export interface Placed {
  /** By row; of what could not be found, nothing. */
  readonly places: ReadonlyMap<MeterRow, RegisterPlace>;
  /** Of meters that were removed none, nor of those with mistakes. */
  readonly devices: readonly { readonly device: DeviceConfig; readonly file: string; readonly line: number }[];
  readonly mistakes: readonly Mistake[];
}

/** `isBad`: a meter with mistakes of its own, which becomes no device. What a removed meter hung on may be gone as well. */
export function placeOnBuses(
  meters: readonly MeterRow[],
  around: Surroundings,
  isBad: (meter: MeterRow) => boolean,
): Placed {
  const places = new Map<MeterRow, RegisterPlace>();
  const devices: { device: DeviceConfig; file: string; line: number }[] = [];
  const mistakes: Mistake[] = [];
  const owners = new Map<string, MeterRow | null>(around.devices.map(({ id }) => [id, null]));
  for (const meter of meters) {
    if (meter.source?.kind !== 'line') continue;
    const found = findRegister(meter, meter.source, around);
    if (found.place) places.set(meter, found.place);
    if (meter.removedAt !== null) continue;
    const { device, mistakes: wrong } = meterDevice(meter, meter.source, around);
    mistakes.push(...wrong, ...found.mistakes);
    if (!device || !found.place || isBad(meter)) continue;
    const owner = owners.get(device.id);
    if (owner === undefined) {
      owners.set(device.id, meter);
      devices.push({ device, file: meter.file, line: meter.row.line });
    } else {
      places.delete(meter);
      mistakes.push(sayTaken(meter, device.id, owner));
    }
  }
  return { places, devices, mistakes };
}

function findRegister(
  meter: MeterRow,
  source: OnLine,
  { profiles }: Surroundings,
): { readonly place: RegisterPlace | null; readonly mistakes: readonly Mistake[] } {
  const profile = profiles.get(source.profile);
  const { utility, unit } = meter;
  if (!profile || utility === undefined || unit === undefined) return { place: null, mistakes: [] };
  const point = registerPoint({ profile, utility, unit, point: source.point, pulseWeight: null });
  if (point.ok) {
    return { place: { device: deviceIdOf(meter.number), point: point.value, pulseWeight: null }, mistakes: [] };
  }
  const column = source.point === null ? 'profile' : 'point';
  return { place: null, mistakes: [atCell(meter, column, point.message, point.hint)] };
}

function sayTaken(meter: MeterRow, id: string, owner: MeterRow | null): Mistake {
  const who = owner === null ? 'there is one of that name' : `that is ${owner.number} (${lineOf(owner, meter)})`;
  const message = `the device of this meter would be called ${JSON.stringify(id)}, and ${who}`;
  const hint = 'letters, digits, - and _ of a number make the name of its device: one of the two needs another';
  return atCell(meter, 'number', message, hint);
}
