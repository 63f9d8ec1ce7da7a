/** When a meter made its settlements, from its settlement days and its clock, which are read now and then. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Version } from './control-codes.ts';
import { readClock } from './meter-clock.ts';
import type { ItemRead } from './read-item.ts';
import type { Meter } from './requests.ts';
import { asIfUtc, settlementDayOf, settlementMoments, type SettlementDay } from './settlement-moments.ts';

/** Asks for an item; resolves with the refusal where the meter has none. */
export type ItemReader = (di: string) => Promise<ItemRead | DriverError>;

/** Settlements before a time, the latest first; or why nobody knows them. */
export type Settlements = (before: number) => readonly string[] | { readonly reason: string };

const DAYS: Readonly<Record<Version, readonly string[]>> = {
  '2007': ['04000B01', '04000B02', '04000B03'],
  '1997': ['C117'],
};
const MOST_SETTLEMENTS = 12;
/** A clock drifts by a second in an hour at the worst, and settlement days change with the tariff. */
const FRESH_MS = 3_600_000;

export class SettlementClock {
  #latest: { readonly at: number; readonly settlements: Promise<Settlements> } | undefined;

  /** Asks the meter where it was not asked within the hour; several callers at once ask it once. Rejects with DriverError. */
  async settlements(link: Link, meter: Meter, read: ItemReader): Promise<Settlements> {
    const now = link.now();
    if (this.#latest && Math.abs(now - this.#latest.at) < FRESH_MS) return this.#latest.settlements;
    const latest = { at: now, settlements: ask(link, meter, read) };
    this.#latest = latest;
    try {
      return await latest.settlements;
    } catch (error) {
      if (this.#latest === latest) this.#latest = undefined;
      throw error;
    }
  }

  /** The meter may be another one, or have been set. */
  forget(): void {
    this.#latest = undefined;
  }
}

async function ask(link: Link, meter: Meter, read: ItemReader): Promise<Settlements> {
  const days: SettlementDay[] = [];
  for (const di of DAYS[meter.version]) {
    const item = await unlessRefused(read(di));
    const day = item instanceof DriverError ? null : settlementDayOf(item.values[0]?.value ?? null);
    if (day !== null) days.push(day);
  }
  const unknown = (reason: string): Settlements => {
    return () => ({ reason: `nobody knows when it was kept: ${reason}` });
  };
  if (days.length === 0) return unknown('the meter tells no settlement day');
  const { localTime, reason = '', at } = await readClock(link, meter);
  if (localTime === null) return unknown(`the meter's clock tells no time: ${reason}`);
  const ahead = asIfUtc(localTime) - at;
  return (before) =>
    settlementMoments(days, before + ahead, MOST_SETTLEMENTS) ?? {
      reason: 'the meter is at a settlement just now: nobody knows which of them it tells',
    };
}

/** A second and a third settlement day are refused in all sorts of ways by meters that have one. */
async function unlessRefused(reading: Promise<ItemRead | DriverError>): Promise<ItemRead | DriverError> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof DriverError && error.code === 'refused') return error;
    throw error;
  }
}
