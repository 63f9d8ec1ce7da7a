/** What homes take. Means of a Chinese flat with three people; the shares of the hours are plausible, not measured. */
import { createRandom, seedFor } from '../random.ts';
import type { Usage } from './usage.ts';

const EVEN_YEAR = [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100];
const WATER_HOURS = [1, 1, 0, 0, 0, 3, 9, 12, 7, 5, 4, 6, 6, 3, 3, 3, 4, 7, 10, 12, 10, 8, 5, 2];
const MEALS = [0, 0, 0, 0, 0, 2, 8, 9, 2, 1, 3, 14, 9, 1, 0, 1, 4, 18, 16, 6, 3, 2, 1, 0];
const HEAT_HOURS = [5, 5, 5, 5, 5, 5, 5, 5, 4, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5];
const LIGHT_HOURS = [2, 2, 2, 2, 2, 2, 4, 5, 4, 3, 3, 4, 4, 3, 3, 3, 4, 6, 9, 10, 10, 9, 6, 3];
/** District heating from the middle of November to the middle of March. */
const HEATING_MONTHS = [190, 160, 70, 0, 0, 0, 0, 0, 0, 0, 80, 170];
const GAS_MONTHS = [170, 160, 120, 90, 80, 70, 65, 65, 75, 85, 110, 160];
const AIR_CONDITIONING = [105, 100, 85, 75, 80, 115, 155, 150, 105, 75, 80, 105];

function home(perDay: number, months: readonly number[], hours: readonly number[]): (seed: number) => Usage {
  return (seed) => {
    const people = 0.5 + createRandom(seedFor(seed, 'people'))();
    return { seed, perDay: Math.round(perDay * people), months, hours };
  };
}

/** Millilitres: 180 to 540 l a day. */
export const coldWater = home(360_000, EVEN_YEAR, WATER_HOURS);
/** Millilitres. */
export const hotWater = home(90_000, GAS_MONTHS, WATER_HOURS);
/** Millilitres: 0.4 to 1.2 m³ a day. */
export const gas = home(800_000, GAS_MONTHS, MEALS);
/** Kilojoules: half to one and a half of 200 MJ (some 55 kWh) on a day of weight 100. */
export const heat = home(200_000, HEATING_MONTHS, HEAT_HOURS);
/** Watt-hours. */
export const electricity = home(8_000, AIR_CONDITIONING, LIGHT_HOURS);

/** An empty flat: nothing passes. */
export function vacant(usage: Usage): Usage {
  return { ...usage, perDay: 0 };
}

/** A pipe that never stops: as much at night as by day. */
export function leaking(usage: Usage): Usage {
  return { ...usage, hours: usage.hours.map(() => 1) };
}
