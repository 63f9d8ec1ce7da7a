/** A profile for tests, with points of every kind. */
import { parseDlt645Profile } from '../parse-profile.ts';
import type { Dlt645Profile } from '../profile.ts';

export const HEAD = {
  id: 'sample',
  driver: 'dlt645',
  maker: 'M',
  model: 'S',
  nameZh: '样',
  manual: { title: 'DL/T 645', edition: '2007', pages: 'A' },
  verified: 'frames',
} as const;

/** Checked; throws where it has mistakes. */
export function profileOf(points: readonly object[], rest: object = {}): Dlt645Profile {
  const result = parseDlt645Profile({ ...HEAD, points: points.map((point) => ({ nameZh: '点', ...point })), ...rest });
  if (!result.ok) throw new Error(result.mistakes.map(({ message }) => message).join('\n'));
  return result.profile;
}

export const TOTAL = {
  key: 'importEnergy',
  unit: 'kWh',
  poll: 'slow',
  obis: '1-0:1.8.0',
  2007: { item: '0001FF00', part: 'total' },
  1997: { item: '901F', part: 'total' },
};
export const TARIFF_1 = {
  key: 'importEnergyTariff1',
  unit: 'kWh',
  poll: 'slow',
  obis: '1-0:1.8.1',
  2007: { item: '0001FF00', part: 'tariff 1' },
  1997: { item: '901F', part: 'tariff 1' },
};
export const CLOCK = { key: 'meterClock', poll: 'rare', obis: '0-0:1.0.0', clock: true };
export const RELAY_OPEN = {
  key: 'relayOpen',
  poll: 'slow',
  2007: { item: '040005FF', part: 'status word 3', status: 'relayOpen' },
};
