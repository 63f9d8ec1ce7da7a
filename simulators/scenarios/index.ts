/** Every scenario that there is. */
import { blocked } from './barriers.ts';
import { burning } from './fire.ts';
import { burgled } from './flats.ts';
import { chatters, trapped } from './lifts.ts';
import { flooding, mainsFail, pumpTrips } from './plant.ts';
import type { Scenario } from './scenario.ts';

export const SCENARIOS: readonly Scenario[] = [
  trapped,
  mainsFail,
  pumpTrips,
  chatters,
  blocked,
  flooding,
  burning,
  burgled,
];
