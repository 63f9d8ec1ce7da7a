/** A time as a meter keeps it: of its place, without a zone. */
import { bytesLowFirst } from '../bytes/bcd-low-first.ts';
import { DriverError } from '../errors.ts';

export interface LocalTime {
  /** 2000 to 2099. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** ss mm hh DD MM YY. Throws DriverError `config` where there is no such time. */
export function localTimeData({ year, month, day, hour, minute, second }: LocalTime): Uint8Array {
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const two = (value: number): string => String(value).padStart(2, '0');
  const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  const digits = text.replace(/\D/g, '').slice(2);
  const bytes = bytesLowFirst(digits);
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (bytes === null || !isReal || year < 2000 || year > 2099) {
    throw new DriverError('config', `${text.replace('T', ' ')} is no time that a meter can keep`);
  }
  return bytes;
}
