/** When a freeze command takes effect. DL/T 645-2007, 7.7: minute, hour, day, month; 99 in the higher ones means each. */
import { bytesLowFirst, digitsLowFirst } from '../bytes/bcd-low-first.ts';
import { DriverError } from '../errors.ts';

export type FreezeMoment =
  | { readonly each: 'now' }
  | { readonly each: 'hour'; readonly minute: number }
  | { readonly each: 'day'; readonly hour: number; readonly minute: number }
  | { readonly each: 'month'; readonly day: number; readonly hour: number; readonly minute: number };

const LENGTH = 4;
const MAX = { day: 28, hour: 23, minute: 59 } as const;

/** The data of a freeze command. Throws DriverError `config` where `moment` is none. */
export function freezeData(moment: FreezeMoment): Uint8Array {
  const day = moment.each === 'month' ? checked('day', moment.day, 1) : '99';
  const hour = moment.each === 'month' || moment.each === 'day' ? checked('hour', moment.hour, 0) : '99';
  const minute = moment.each === 'now' ? '99' : checked('minute', moment.minute, 0);
  return bytesLowFirst(`99${day}${hour}${minute}`) ?? new Uint8Array();
}

/** Such as `every day at 00:00`; the digits MMDDhhmm where they are no such moment. */
export function freezeText(data: Uint8Array): string {
  const digits = data.length === LENGTH ? digitsLowFirst(data) : null;
  const [, month, day, hour, minute] = /^(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits ?? '') ?? [];
  if (digits === null || minute === undefined) return `no freeze time: ${Buffer.from(data).reverse().toString('hex')}`;
  if (month !== '99') return `at ${month ?? ''}-${day ?? ''} ${hour ?? ''}:${minute}`;
  if (day !== '99') return `every month on day ${day ?? ''} at ${hour ?? ''}:${minute}`;
  if (hour !== '99') return `every day at ${hour ?? ''}:${minute}`;
  return minute === '99' ? 'now' : `every hour at minute ${minute}`;
}

function checked(name: 'day' | 'hour' | 'minute', value: number, min: number): string {
  if (Number.isInteger(value) && value >= min && value <= MAX[name]) return String(value).padStart(2, '0');
  throw new DriverError('config', `freeze ${name} ${value} is not within ${min} to ${MAX[name]}`);
}
