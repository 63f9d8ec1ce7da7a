/** The command to keep all registers at once: sent once, proved by the time that the meter gives its latest such freeze. */
import type { Link, Reading } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { readClock } from './meter-clock.ts';
import { freeze } from './meter-freeze.ts';
import { readingOf } from './point-reading.ts';
import type { Dlt645Point } from './profile.ts';
import { readItem, type ItemRead } from './read-item.ts';
import type { Meter } from './requests.ts';
import { asIfUtc } from './settlement-moments.ts';

/** DL/T 645-2007, table A.6: the time of the latest instantaneous freeze; what was kept at it is in the items beside it. */
export const FREEZE_NOW_TIME = '05010001';
const OF_FREEZE_NOW = /^0501....$/;
const LATEST = '01';
/** Its time is told to the minute, and the clock is read some frames later. */
const NEAR_MS = 120_000;

/** Resolves with what `points` show of it. Rejects with DriverError; `unconfirmed` where the meter accepted it and shows no such freeze. */
export async function freezeNow(link: Link, meter: Meter, points: readonly Dlt645Point[]): Promise<Reading[]> {
  if (meter.version === '1997') throw new DriverError('unsupported', 'DL/T 645-1997 has no freeze');
  await freeze(link, meter.address, { each: 'now' });
  const items = new Map([[FREEZE_NOW_TIME, await provedBy(link, meter)]]);
  const readings: Reading[] = [];
  for (const point of points) {
    const place = point['2007'];
    if (place === undefined || !OF_FREEZE_NOW.test(place.item) || !place.item.endsWith(LATEST)) continue;
    const item = items.get(place.item) ?? (await readItem(link, meter, place.item));
    items.set(place.item, item);
    readings.push(readingOf(point, place, '2007', item));
  }
  return readings;
}

/** The time of its latest freeze, which is that of now by its own clock. */
async function provedBy(link: Link, meter: Meter): Promise<ItemRead> {
  const item = await readItem(link, meter, FREEZE_NOW_TIME).catch((error: unknown) => {
    if (!(error instanceof DriverError)) throw error;
    throw new DriverError('unconfirmed', `meter ${meter.address} accepted it and does not say when: ${error.message}`);
  });
  const { localTime } = await readClock(link, meter);
  const shown = item.values[0]?.value ?? null;
  if (shown !== null && localTime !== null && Math.abs(asIfUtc(localTime) - asIfUtc(shown)) <= NEAR_MS) return item;
  const said = `its latest one is of ${shown ?? 'no time'}, and its clock shows ${localTime ?? 'none'}`;
  throw new DriverError('unconfirmed', `meter ${meter.address} accepted it, and ${said}`);
}
