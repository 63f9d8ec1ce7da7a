/** Carries out what the plan asks of a meter: one block's readings. */
import type { Link, Reading } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { dailyFreezeTime } from './kept-when.ts';
import { readClock } from './meter-clock.ts';
import { singlePlace } from './place.ts';
import type { ItemAsk, Want, What } from './plan-asks.ts';
import { badReading, isUnlabelled, readingOf } from './point-reading.ts';
import type { ItemRead } from './read-item.ts';
import type { Meter } from './requests.ts';
import type { ItemReader, SettlementClock } from './settlement-clock.ts';
import { isoLocal } from './settlement-moments.ts';

export interface Asking {
  readonly link: Link;
  readonly meter: Meter;
  readonly item: ItemReader;
  readonly settlementClock: SettlementClock;
}

/** Two freezes while one is being read do not happen; a meter whose freeze time moves at each look is broken. */
const FREEZE_LOOKS = 3;

/** Resolves with a reading of each point, but for those that are to be asked for otherwise. Rejects with DriverError. */
export function readAsk(asking: Asking, what: What): Promise<Reading[]> {
  switch (what.kind) {
    case 'item':
      return readOne(asking, what.item);
    case 'clock':
      return readClockPoints(asking, what.points);
    case 'settlement':
      return readSettlement(asking, what.item);
    case 'daily':
      return readDaily(asking, what);
  }
}

async function readOne(asking: Asking, { di, wants }: ItemAsk): Promise<Reading[]> {
  return readingsOf(asking, wants, await asking.item(di));
}

async function readSettlement(asking: Asking, { di, wants }: ItemAsk): Promise<Reading[]> {
  const { link, meter, item: read, settlementClock } = asking;
  const settlements = await settlementClock.settlements(link, meter, read);
  const item = await read(di);
  const moments = settlements(item instanceof DriverError ? link.now() : item.at);
  return wants.flatMap((want) =>
    readingsOf(asking, [want], item).map((reading) => {
      const { frozen } = want.point;
      if (reading.quality === 'bad' || frozen === undefined) return reading;
      if ('reason' in moments) return badReading(want.point, reading.at, moments.reason);
      const meterTime = moments[frozen.ago - 1];
      return meterTime === undefined ? reading : { ...reading, meterTime };
    }),
  );
}

/** Values and their time are items of their own: a freeze between two reads must not put them together wrongly. */
async function readDaily(
  asking: Asking,
  { ago, items }: { readonly ago: number; readonly items: readonly ItemAsk[] },
): Promise<Reading[]> {
  let time = await freezeTime(asking, ago);
  for (let look = 1; look <= FREEZE_LOOKS; look++) {
    if (typeof time !== 'string') return notFrozen(asking, items, time.reason);
    const readings: Reading[] = [];
    for (const { di, wants } of items) readings.push(...readingsOf(asking, wants, await asking.item(di)));
    const meterTime = await freezeTime(asking, ago);
    if (meterTime === time) return readings.map((one) => (one.quality === 'bad' ? one : { ...one, meterTime }));
    time = meterTime;
  }
  throw new DriverError('foreign', `meter ${asking.meter.address} gives another time of freeze ${ago} at each look`);
}

/** When the meter made it; or why it has none. */
async function freezeTime({ item: read }: Asking, ago: number): Promise<string | { readonly reason: string }> {
  const item = await read(dailyFreezeTime(ago));
  if (item instanceof DriverError) return { reason: missing(item) };
  const [time] = item.values;
  return typeof time?.value === 'string' ? isoLocal(time.value) : { reason: time?.reason ?? 'it tells no time' };
}

function notFrozen({ link }: Asking, items: readonly ItemAsk[], why: string): Reading[] {
  const points = items.flatMap(({ wants }) => wants.map(({ point }) => point));
  return points.map((point) => badReading(point, link.now(), `the meter has made no such freeze: ${why}`));
}

async function readClockPoints({ link, meter }: Asking, points: readonly Want['point'][]): Promise<Reading[]> {
  try {
    const { localTime, reason = '', at } = await readClock(link, meter);
    if (localTime === null) return points.map((point) => badReading(point, at, `the clock tells no time: ${reason}`));
    const time = isoLocal(localTime);
    return points.map(({ key }) => ({ point: key, value: time, quality: 'good', at, meterTime: time }));
  } catch (error) {
    if (!(error instanceof DriverError) || error.code !== 'unsupported') throw error;
    return points.map((point) => badReading(point, link.now(), missing(error)));
  }
}

/** Of a block that the meter does not send, or sends in part, nothing is said: its values are asked for one by one. */
function readingsOf({ link, meter }: Asking, wants: readonly Want[], item: ItemRead | DriverError): Reading[] {
  const { version } = meter;
  const isUseless = item instanceof DriverError || isUnlabelled(item);
  const told = isUseless ? wants.filter(({ place }) => singlePlace(place, version) === null) : wants;
  return told.map(({ point, place }) =>
    item instanceof DriverError ? badReading(point, link.now(), missing(item)) : readingOf(point, place, version, item),
  );
}

function missing({ message }: DriverError): string {
  return `this meter does not have it: ${message}`;
}
