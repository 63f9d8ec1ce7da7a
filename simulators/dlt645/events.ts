/** DI3 03 and 10 to 1E: how often something has happened. Counts only: three bytes. DL/T 645-2007, table A.4. */
import type { LocalMs } from '../metering/local-time.ts';
import { bcd, type Data } from './coded.ts';
import type { MeterState } from './state.ts';

/** Power down, programming, terminal cover open: nothing that happens here. */
const COUNTED = ['03110000', '03300000', '03300E00'];
const DEMAND_CLEARINGS = '03300200';
const CLOCK_SETTINGS = '03300400';
const COVER_OPENINGS = '03300D00';
const RELAY_TRIPS = '1D000001';
const RELAY_CLOSINGS = '1E000001';

export function eventItem(meter: MeterState, di: string, local: LocalMs): Data | null {
  const { events = {}, coverOpenedAt = Infinity, register } = meter.options;
  const before = events[di] ?? 0;
  switch (di) {
    case RELAY_TRIPS:
      return bcd(before + register.supply.count(false, local), 3);
    case RELAY_CLOSINGS:
      return bcd(before + register.supply.count(true, local), 3);
    case DEMAND_CLEARINGS:
      return bcd(before + meter.demandClearings.length, 3);
    case CLOCK_SETTINGS:
      return bcd(before + meter.clockSettings.length, 3);
    case COVER_OPENINGS:
      return bcd(before + (local >= coverOpenedAt ? 1 : 0), 3);
    default:
      return COUNTED.includes(di) || di in events ? bcd(before, 3) : null;
  }
}
