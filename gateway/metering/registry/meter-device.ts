/** The device that follows from a meter on a bus. */
import type { PollClass, Profile } from '../../../drivers/contract.ts';
import { checkAgainst } from '../../config/mistakes/issues.ts';
import type { Mistake } from '../../config/mistakes/mistake.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import { deviceSchema, type DeviceConfig } from '../../config/schema.ts';
import type { Utility } from '../model.ts';
import { UTILITIES } from '../rules/utilities.ts';
import { METER_COLUMNS, type MeterColumn } from './columns.ts';
import type { MeterRow } from './meter-row.ts';
import { atCell } from './place-of-row.ts';
import type { Source } from './source.ts';
import type { Surroundings } from './surroundings.ts';

export type OnLine = Extract<Source, { kind: 'line' }>;

/** The meter's number, as far as an id can be it. */
export function deviceIdOf(number: string): string {
  return number.replace(/[^A-Za-z0-9_-]/g, '-');
}

/** The device of a meter that stands there; null where something of it is wrong or not known. */
export function meterDevice(
  meter: MeterRow,
  source: OnLine,
  around: Surroundings,
): { readonly device: DeviceConfig | null; readonly mistakes: readonly Mistake[] } {
  const bus = around.buses.find(({ id }) => id === source.bus);
  const profile = around.profiles.get(source.profile);
  const unknown = checkNames(meter, source, around);
  const addressing = around.drivers.find(({ name }) => name === profile?.driver)?.addressing;
  if (!bus || !profile || !addressing) return { device: null, mistakes: unknown };
  const address = addressing.parse(source.address, bus.type);
  if (!address.ok) {
    return { device: null, mistakes: [...unknown, atCell(meter, 'address', address.message, address.hint)] };
  }
  const { caution } = address;
  const cautions = caution ? [atCell(meter, 'address', caution.message, caution.hint, 'warning')] : [];
  const raw = {
    ...{ id: deviceIdOf(meter.number), bus: source.bus, profile: source.profile },
    ...(addressing.key === 'unit' ? { unit: Number(address.address) } : { address: address.address }),
    ...(meter.utility && { nameZh: nameOf(meter, meter.utility), poll: periodsOf(meter.utility, profile, around) }),
    ...(typeof meter.location === 'string' && { location: meter.location }),
    ...serialOf(source),
  };
  const checked = checkAgainst(deviceSchema, raw);
  if (checked.ok) return { device: checked.value, mistakes: [...unknown, ...cautions] };
  const wrong = checked.findings.map(({ path, message, hint }) => atCell(meter, columnAt(path), message, hint));
  return { device: null, mistakes: [...unknown, ...wrong] };
}

function checkNames(meter: MeterRow, { bus, profile }: OnLine, { known }: Surroundings): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!known.buses.has(bus)) {
    mistakes.push(atCell(meter, 'bus', `there is no bus ${JSON.stringify(bus)}`, suggest(bus, [...known.buses])));
  }
  if (!known.profiles.has(profile)) {
    const message = `there is no profile ${JSON.stringify(profile)}`;
    mistakes.push(atCell(meter, 'profile', message, suggest(profile, [...known.profiles])));
  }
  return mistakes;
}

function nameOf({ home }: MeterRow, utility: Utility): string {
  return `${home ?? '公共'} ${UTILITIES[utility].name.zh}表`;
}

/** What else a meter measures is read in passing. Alarms, and what it has kept, go by the periods of the site. */
const OFTEN = ['fast', 'normal', 'slow'] as const satisfies readonly PollClass[];

function periodsOf(
  utility: Utility,
  { points }: Profile,
  { metering: { electricityEveryS, othersEveryS } }: Surroundings,
): Partial<Record<PollClass, number>> {
  const period = 1_000 * (utility === 'electricity' ? electricityEveryS : othersEveryS);
  const used = OFTEN.filter((poll) => points.some((point) => point.poll === poll && point.access !== 'w'));
  return Object.fromEntries(used.map((poll) => [poll, period]));
}

function serialOf({ baud, format }: OnLine): object {
  if (baud === null && format === null) return {};
  return { serial: { ...(baud !== null && { baud: Number(baud) }), ...(format !== null && { format }) } };
}

/** The column that a key of a device comes from. */
function columnAt(path: readonly (string | number)[]): MeterColumn {
  const name = path.join('.');
  return name in METER_COLUMNS ? (name as MeterColumn) : 'number';
}
