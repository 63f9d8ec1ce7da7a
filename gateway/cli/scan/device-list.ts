/** What was found as lines for the files of a site. Pure. */
import type { BusConfig } from '../../config/schema.ts';
import { serialRateOf, type SerialRate } from '../../config/wire-time.ts';
import type { FoundDevice } from './found.ts';
import { rateText } from './rate-text.ts';

/** The setting that most devices answer with; that of `bus` where none does. */
export function usualRate(bus: BusConfig, found: readonly FoundDevice[]): SerialRate | null {
  const groups = [...Map.groupBy(found, ({ rate }) => rateText(rate)).values()].sort((a, b) => b.length - a.length);
  return groups[0]?.[0]?.rate ?? serialRateOf(bus);
}

/** CSV with the columns of a device list; a device whose rate is not `usual` names its own. */
export function deviceListLines(
  bus: BusConfig,
  found: readonly FoundDevice[],
  { usual, profile }: { readonly usual: SerialRate | null; readonly profile: string },
): string[] {
  const differs = ({ rate }: FoundDevice): boolean => rateText(rate) !== rateText(usual);
  const withRates = found.some(differs);
  const header = ['id', 'bus', 'unit', 'profile', ...(withRates ? ['serial.baud', 'serial.format'] : [])];
  const rows = found.map((device) => {
    const own = withRates ? (differs(device) ? [device.rate?.baud ?? '', device.rate?.format ?? ''] : ['', '']) : [];
    return [`${bus.id}-${device.unit}`, bus.id, device.unit, profile, ...own];
  });
  return [header, ...rows].map((cells) => cells.join(','));
}

/** The bus as it would stand in a site file. */
export function busLine(bus: BusConfig, usual: SerialRate | null): string {
  const rate = usual ? `, baud: ${usual.baud}, format: '${usual.format}'` : '';
  const place =
    bus.type === 'serial'
      ? `path: ${JSON.stringify(bus.path)}`
      : `host: ${JSON.stringify(bus.host)}, port: ${bus.port}`;
  return `- { id: ${bus.id}, type: ${bus.type}, ${place}${rate} }`;
}
