/** What is wrong with meters: each hundred homes have one of each, decided by the seed. */
import { createRandom, integerBetween, seedFor } from '../random.ts';
import type { HomeUtility } from './plan.ts';

export const TROUBLES = {
  electricity: [
    'dead',
    'jumps-back',
    'rolls-over',
    'stuck',
    'clock-ahead',
    'late',
    'noisy',
    'refuses-relay',
    'cover-opened',
  ],
  coldWater: ['dead', 'jumps-back', 'rolls-over', 'stuck', 'clock-ahead', 'late', 'low-di-order', 'battery-low'],
  gas: ['dead', 'jumps-back', 'rolls-over', 'clock-ahead', 'battery-low'],
} as const satisfies Readonly<Record<HomeUtility, readonly string[]>>;

export type Trouble<U extends HomeUtility = HomeUtility> = (typeof TROUBLES)[U][number];

const HUNDRED = 100;

/** Of the home with that index, from 0 on. Fewer than a hundred homes have some of them. */
export function troubleOf<U extends HomeUtility>(seed: number, utility: U, index: number): Trouble<U> | null {
  const hundred = Math.floor(index / HUNDRED);
  const random = createRandom(seedFor(seed, `${utility} troubles ${hundred}`));
  const free = Array.from({ length: HUNDRED }, (_, i) => i);
  for (const trouble of TROUBLES[utility]) {
    const [place] = free.splice(integerBetween(random, 0, free.length - 1), 1);
    if (place === index % HUNDRED) return trouble;
  }
  return null;
}
