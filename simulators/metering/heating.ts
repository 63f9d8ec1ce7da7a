/**
 * What a home draws from the house's boiler or the district's: heat from the middle of November to the middle of March, and
 * hot water. About that of a city flat in the north of China, 60 to 180 MJ on a cold day; all this is assumed.
 */
import { createRandom, seedFor } from '../random.ts';
import { drawnByDays } from './day-curve.ts';
import { scaled, type Drawn } from './drawn.ts';
import { DAY_MS, wallOf, type LocalMs } from './local-time.ts';

export interface Heating {
  /** In kJ. */
  readonly heat: Drawn;
  /** What brings it, cooled down by ten degrees, in litres. */
  readonly heatingWater: Drawn;
  /** In litres. */
  readonly hotWater: Drawn;
}

/** Share of the coldest month, January first. */
const COLD = [1, 0.85, 0.35, 0, 0, 0, 0, 0, 0, 0, 0.4, 0.9];
/** Weight of each hour of a day. */
const HEAT_HOURS = [5, 5, 5, 5, 5, 5, 5, 5, 4, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5];
const HOT_WATER_HOURS = [1, 0, 0, 0, 0, 1, 4, 7, 4, 2, 1, 1, 2, 1, 1, 1, 1, 3, 5, 7, 9, 9, 6, 3];
/** 1 / (4.1868 kJ/(kg K) × 10 K), a litre weighing a kilogram. */
const LITRES_PER_KILOJOULE = 0.02388;

/** The flat that `seed` stands for, lived in from the day of `since` on. */
export function createHeating(seed: number, since: LocalMs): Heating {
  const chance = (name: string): number => createRandom(seedFor(seed, name))();
  const firstDay = Math.floor(since / DAY_MS);
  const coldest = 60_000 + 120_000 * chance('heat mean');
  const heat = drawnByDays({
    firstDay,
    amountOn: (day) => {
      const cold = COLD[wallOf(day * DAY_MS).month - 1] ?? 0;
      return Math.round(coldest * cold * (0.7 + 0.6 * chance(`heat ${day}`)));
    },
    weights: halfHours(HEAT_HOURS),
  });
  const hotWater = drawnByDays({
    firstDay,
    amountOn: (day) => Math.round((30 + 120 * chance('hot water mean')) * (0.5 + chance(`hot water ${day}`))),
    weights: halfHours(HOT_WATER_HOURS),
  });
  return { heat, heatingWater: scaled(heat, LITRES_PER_KILOJOULE), hotWater };
}

function halfHours(hours: readonly number[]): number[] {
  return hours.flatMap((weight) => [weight, weight]);
}
