/** Reading and setting meters' clocks. They run in local time, and know no zone. */
import type { ClockSetting, Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { DecodedItem } from './decode-item.ts';
import { tell } from './exchange.ts';
import type { LocalTime } from './local-time.ts';
import { readItem } from './read-item.ts';
import { buildSetTime, type Meter } from './requests.ts';

export interface ClockReading {
  /** `2016-01-11 18:53:32`; null where the meter's clock has no time. */
  readonly localTime: string | null;
  /** Why there is no time. */
  readonly reason?: string;
  /** 0 is Sunday, as the meter counts it. */
  readonly weekday?: number;
  /** When the meter said the time. Unix milliseconds. */
  readonly at: number;
}

export const CLOCK_ITEMS = {
  '2007': { date: '04000101', time: '04000102' },
  '1997': { date: 'C010', time: 'C011' },
} as const;

/** Date and time are two items: what is read around midnight must be of the same day. Rejects with DriverError. */
export async function readClock(link: Link, meter: Meter): Promise<ClockReading> {
  const items = CLOCK_ITEMS[meter.version];
  const before = await readItem(link, meter, items.date);
  const time = await readItem(link, meter, items.time);
  const isAfterMidnight = time.values[0]?.value?.startsWith('00:') === true;
  const date = isAfterMidnight ? await readItem(link, meter, items.date) : before;
  return { ...timeOf(date, time), at: time.at };
}

/** Sets the clocks of all meters on the line, which do not answer. Resolves once it has left. Rejects with DriverError. */
export async function broadcastTime(link: Link, time: LocalTime): Promise<void> {
  await tell(link, buildSetTime(time));
}

/** As a session offers it. */
export const clockSetting: ClockSetting = {
  reach: 'line',
  set: (local, link) => broadcastTime(link, localTimeOf(local)),
};

/** Throws DriverError `config` where `local` is no `2026-11-01T00:00:00`. */
function localTimeOf(local: string): LocalTime {
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN] = local.split(/[-T:]/).map(Number);
  return { year, month, day, hour, minute, second };
}

/** Sets the clock of one meter, which does not answer either: reading it shows whether the meter took it. */
export async function setTime(link: Link, meter: Meter, time: LocalTime): Promise<void> {
  if (meter.address.toLowerCase().includes('a')) throw new DriverError('config', `${meter.address} is not one meter`);
  await tell(link, buildSetTime(time, meter.address));
}

function timeOf({ values: [date] }: DecodedItem, { values: [time] }: DecodedItem): Omit<ClockReading, 'at'> {
  const weekday = date?.weekday === undefined ? {} : { weekday: date.weekday };
  if (typeof date?.value === 'string' && typeof time?.value === 'string') {
    return { localTime: `${date.value} ${time.value}`, ...weekday };
  }
  return { localTime: null, reason: date?.reason ?? time?.reason ?? 'no answer', ...weekday };
}
