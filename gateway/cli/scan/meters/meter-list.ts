/** Meters that were found as lines for meters.csv. Pure. */
import type { BusConfig } from '../../../config/schema.ts';
import { serialRateOf, type SerialRate } from '../../../config/wire-time.ts';
import type { MeterColumn } from '../../../metering/registry/columns.ts';
import { rateText } from '../rate-text.ts';
import type { FoundMeter } from './found-meter.ts';

const COLUMNS = ['number', 'utility', 'bus', 'address', 'profile', 'installedAt', 'initial'] as const;
const RATE_COLUMNS = ['serial.baud', 'serial.format'] as const;

/**
 * CSV with columns of meters.csv; what a meter cannot say is left empty, for a person to fill in. A meter whose rate is not
 * `usual`, that of the bus, names its own.
 */
export function meterListLines(bus: BusConfig, meters: readonly FoundMeter[], usual: SerialRate | null): string[] {
  const differs = ({ rate }: FoundMeter): boolean => rateText(rate) !== rateText(usual);
  const withRates = meters.some(differs);
  const header: MeterColumn[] = [...COLUMNS, ...(withRates ? RATE_COLUMNS : [])];
  const rows = meters.map((meter) => {
    const { number, utility, address, profile, rate } = meter;
    const own = differs(meter) && rate !== null ? [rate.baud, rate.format] : ['', ''];
    return [number, utility ?? '', bus.id, address, profile.id ?? '', '', '', ...(withRates ? own : [])];
  });
  return [header, ...rows].map((cells) => cells.join(','));
}

/** The setting that most meters answer with; that of the bus where none does. */
export function usualMeterRate(bus: BusConfig, meters: readonly FoundMeter[]): SerialRate | null {
  const groups = [...Map.groupBy(meters, ({ rate }) => rateText(rate)).values()].sort((a, b) => b.length - a.length);
  return groups[0]?.[0]?.rate ?? serialRateOf(bus);
}
