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

/** Type F, four bytes. The century bits of the hour are 0, as most meters leave them: the year is of this century. */
export function typeF(at: LocalMs): Coded {
  const { minute, hour } = wallOf(at);
  return coded(Uint8Array.of(minute, hour, ...dateBytes(at)));
}

/** Type I, six bytes: seconds first, the week last; 0: no week. */
export function typeI(at: LocalMs): Coded {
  const { second, minute, hour } = wallOf(at);
  return coded(Uint8Array.of(second, minute, hour, ...dateBytes(at), 0));
}
