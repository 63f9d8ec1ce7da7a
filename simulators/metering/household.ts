/**
 * What the people of one home draw: electricity, cold water and gas, decided by a seed. Amounts are about those of a city
 * home in the east of China: 4 to 14 kWh, 150 to 600 l of water and 0.2 to 1.2 m³ of gas a day. Some homes are empty,
 * people are away for a week, it is hotter in summer; all this is assumed.
 */
import { createRandom, seedFor } from '../random.ts';
import { SLOTS, drawnByDays } from './day-curve.ts';
import { nothing, type Drawn } from './drawn.ts';
import { DAY_MS, wallOf, type LocalMs } from './local-time.ts';

export interface Household {
  /** In Wh, by four tariffs: sharp, peak, flat, valley. */
  readonly electricity: Drawn;
  /** In litres. */
  readonly coldWater: Drawn;
  /** In litres. */
  readonly gas: Drawn;
  /** Nobody lives there. */
  readonly isEmpty: boolean;
}

type Utility = 'electricity' | 'coldWater' | 'gas';

/** Weight of each hour of a day. */
const HOURS: Readonly<Record<Utility, readonly number[]>> = {
  electricity: [3, 2, 2, 2, 2, 2, 3, 5, 5, 4, 3, 4, 6, 5, 4, 4, 4, 5, 8, 10, 10, 9, 7, 4],
  coldWater: [1, 0, 0, 0, 0, 1, 5, 9, 7, 4, 3, 4, 5, 3, 2, 2, 3, 6, 8, 8, 9, 9, 6, 3],
  gas: [0, 0, 0, 0, 0, 0, 4, 8, 3, 1, 2, 9, 6, 1, 0, 0, 2, 9, 10, 4, 3, 4, 2, 0],
};

/** Of each hour: 0 sharp, 1 peak, 2 flat, 3 valley. */
const TARIFF_OF_HOUR = [3, 3, 3, 3, 3, 3, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1, 1, 0, 0, 1, 2, 3];

/** By month, January first: cooling in summer, heating in winter. */
const SEASON: Readonly<Record<Utility, readonly number[]>> = {
  electricity: [1.25, 1.15, 0.95, 0.8, 0.8, 1, 1.5, 1.6, 1.15, 0.8, 0.85, 1.1],
  coldWater: [0.9, 0.9, 0.95, 1, 1, 1.1, 1.2, 1.2, 1.1, 1, 0.95, 0.9],
  gas: [1.6, 1.5, 1.2, 1, 0.9, 0.8, 0.7, 0.7, 0.8, 0.9, 1.1, 1.4],
};

const MEAN: Readonly<Record<Utility, readonly [least: number, most: number]>> = {
  electricity: [4_000, 14_000],
  coldWater: [150, 600],
  gas: [200, 1_200],
};

/** What stands on day and night in a home without people: a router, a refrigerator. */
const STANDBY: Readonly<Record<Utility, number>> = { electricity: 700, coldWater: 0, gas: 0 };

const EMPTY_SHARE = 0.04;
const AWAY_SHARE = 0.05;
const WEEK = 7;

const halfHours = <T>(hours: readonly T[]): T[] => hours.flatMap((each) => [each, each]);

/** A number in [0, 1) that belongs to `name` for good. */
function chance(seed: number, name: string): number {
  return createRandom(seedFor(seed, name))();
}

/** Some get up early and some late: the curve is moved by up to an hour and a half. */
function shifted(weights: readonly number[], by: number): number[] {
  return weights.map((_, slot) => weights[(slot + SLOTS - by) % SLOTS] ?? 0);
}

function drawnOf(seed: number, utility: Utility, since: LocalMs, isEmpty: boolean): Drawn {
  const [least, most] = MEAN[utility];
  const mean = least + (most - least) * chance(seed, `${utility} mean`) ** 1.5;
  const shift = Math.floor(chance(seed, 'early or late') * 7) - 3;
  const amountOn = (day: number): number => {
    if (isEmpty || chance(seed, `away ${Math.floor(day / WEEK)}`) < AWAY_SHARE) return STANDBY[utility];
    const { month, weekday } = wallOf(day * DAY_MS);
    const season = SEASON[utility][month - 1] ?? 1;
    const weekend = weekday === 0 || weekday === 6 ? 1.15 : 1;
    return Math.round(mean * season * weekend * (0.7 + 0.6 * chance(seed, `${utility} ${day}`)));
  };
  return drawnByDays({
    firstDay: Math.floor(since / DAY_MS),
    amountOn,
    weights: shifted(halfHours(HOURS[utility]), shift),
    ...(utility === 'electricity' && { tariffs: halfHours(TARIFF_OF_HOUR) }),
  });
}

/** The home that `seed` stands for, moved into on the day of `since`. */
export function createHousehold(seed: number, since: LocalMs): Household {
  const isEmpty = chance(seed, 'empty') < EMPTY_SHARE;
  return {
    electricity: drawnOf(seed, 'electricity', since, isEmpty),
    coldWater: isEmpty ? nothing : drawnOf(seed, 'coldWater', since, isEmpty),
    gas: isEmpty ? nothing : drawnOf(seed, 'gas', since, isEmpty),
    isEmpty,
  };
}
