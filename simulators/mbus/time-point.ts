/** Dates and times as bits: EN 13757-3, data types G (date), F (date and time), I (with seconds). */
import { wallOf, type LocalMs } from '../metering/local-time.ts';
import { coded, type Coded } from './data-record.ts';

/** Five bits of day, seven of year (in two pieces), four of month. */
function dateBytes(at: LocalMs): [number, number] {
  const { year, month, day } = wallOf(at);
  const short = year % 100;
  return [day | ((short & 0b111) << 5), month | ((short >> 3) << 4)];
}

/** Type G, two bytes. */
export function typeG(at: LocalMs): Coded {
  return coded(Uint8Array.from(dateBytes(at)));
}

/** Type F, four bytes. Bits 5 and 6 of the hour count centuries from 1900 on; old meters leave them 0. */
export function typeF(at: LocalMs, centuries: 'none' | 'counted' = 'none'): Coded {
  const { year, minute, hour } = wallOf(at);
  const century = centuries === 'counted' ? Math.floor(year / 100) - 19 : 0;
  return coded(Uint8Array.of(minute, hour | (century << 5), ...dateBytes(at)));
}

/** Type I, six bytes: seconds first, the week last; 0: no week. */
export function typeI(at: LocalMs): Coded {
  const { second, minute, hour } = wallOf(at);
  return coded(Uint8Array.of(second, minute, hour, ...dateBytes(at), 0));
}
