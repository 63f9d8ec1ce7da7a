/** What of a poll of a meter is told to others: its registers, the billed one as it was judged. Pure. */
import { decimalOf, toText } from '../../../drivers/bytes/decimal.ts';
import type { Point, Reading } from '../../../drivers/contract.ts';
import { UNITS } from '../../../drivers/units.ts';
import type { NewMeterReading, RegisterShown } from '../../store/rows.ts';
import { UTILITIES } from '../rules/utilities.ts';
import type { PlacedRegister } from './registers.ts';

/** What a register counts; a voltage, a power or a temperature is none. */
const COUNTED: ReadonlySet<string> = new Set(['energy', 'reactive energy', 'apparent energy', 'volume']);

/**
 * `placed`: the billed registers of the device; `rows`: what is stored of them by this poll. A billed register that is asked for
 * again before anybody believes it is left out. None where the poll has failed.
 */
export function registersShown(
  seen: readonly Reading[],
  placed: readonly PlacedRegister[],
  rows: readonly NewMeterReading[],
): RegisterShown[] {
  const [first] = placed;
  if (!first || seen.every(({ quality }) => quality === 'bad')) return [];
  const points = new Map(first.points.map((point) => [point.key, point]));
  return seen.flatMap((reading): RegisterShown[] => {
    const point = points.get(reading.point);
    const billed = placed.find((one) => one.point === reading.point);
    if (billed && reading.quality !== 'bad') {
      const row = rows.find(({ meter, quality }) => meter === billed.meter.number && quality === 'actual');
      return row ? [billedRegister(billed, point, reading, row)] : [];
    }
    if (!point || point.obis === undefined || point.unit === undefined || !COUNTED.has(UNITS[point.unit])) return [];
    const owner = placed.find(({ frozen }) => frozen.has(reading.point));
    return [{ ...registerOf(point, reading), meter: (billed ?? owner)?.meter.number ?? null }];
  });
}

/** As it is stored, and billed: in the meter's unit. */
function billedRegister(
  { meter }: PlacedRegister,
  point: Point | undefined,
  reading: Reading,
  { value, standing }: NewMeterReading,
): RegisterShown {
  const { obis } = UTILITIES[meter.utility];
  return {
    ...told(reading),
    ...{ obis: point?.obis ?? obis, value, unit: meter.unit, meter: meter.number, frozen: null },
    standing: standing === 'good' ? 'good' : 'suspect',
  };
}

function registerOf({ obis, unit, frozen }: Point, reading: Reading): Omit<RegisterShown, 'meter'> {
  const { value, exact } = reading;
  const text = exact ?? (typeof value === 'number' ? toText(decimalOf(value)) : null);
  return {
    ...told(reading),
    obis: obis ?? null,
    value: text,
    unit: unit ?? null,
    frozen: frozen ?? null,
    standing: null,
  };
}

function told({ point, quality, reason, at, meterTime }: Reading) {
  return { point, quality, reason: reason ?? null, at, meterTime: meterTime ?? null };
}
