/** How the units of a bus are to be spoken to: each rate with each format. Pure. */
import type { BusConfig } from '../../config/schema.ts';
import { serialRateOf, type SerialRate } from '../../config/wire-time.ts';
import { usageError } from '../exit.ts';
import type { ScanOptions } from './options.ts';

/** Null for a line that has no rate of its own. Throws CliError where the rate of the line cannot be chosen from here. */
export function settingsOf(
  bus: BusConfig,
  { rates, formats }: Pick<ScanOptions, 'rates' | 'formats'>,
): (SerialRate | null)[] {
  const own = serialRateOf(bus);
  if (bus.type !== 'serial' || !own) {
    if (rates === undefined && formats === undefined) return [own];
    const why =
      bus.type === 'tcp-serial' ? 'the rate of a serial device server is set in the server' : 'Modbus TCP has no rate';
    throw usageError(why, 'leave out --rates and --formats');
  }
  return (rates ?? [own.baud]).flatMap((baud) => (formats ?? [own.format]).map((format) => ({ baud, format })));
}
