/** Chance that can be repeated: the seed is printed, and taken from GATEHOUSE_SEED where that is set. */
import { createRandom, integerBetween, type Random } from '../../../simulators/random.ts';

export function newChance(): Random {
  const seed = Number(process.env['GATEHOUSE_SEED'] ?? Date.now() % 1_000_000);
  console.info(`GATEHOUSE_SEED=${seed}`);
  return createRandom(seed);
}

/** How often to kill: `few` unless GATEHOUSE_KILLS asks for more. */
export function killCount(few: number): number {
  return Number(process.env['GATEHOUSE_KILLS'] ?? few);
}

export { integerBetween, type Random };
