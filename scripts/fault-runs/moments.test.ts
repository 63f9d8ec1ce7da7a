import { describe, expect, it } from 'vitest';
import { createRandom } from '../../simulators/random.ts';
import { nextBlow } from './moments.ts';

const ALL = ['gateway', 'broker', 'consumer'] as const;

function blows(present: Parameters<typeof nextBlow>[1], seed = 1) {
  const random = createRandom(seed);
  return Array.from({ length: 1_000 }, () => nextBlow(random, present));
}

describe('nextBlow', () => {
  it('gives the same blows for the same seed', () => {
    expect(blows(ALL)).toEqual(blows(ALL));
    expect(blows(ALL)).not.toEqual(blows(ALL, 2));
  });

  it('strikes each of them alone and all together, at every kind of moment', () => {
    const all = blows(ALL);
    expect(new Set(all.map(({ victims }) => victims.join()))).toEqual(
      new Set(['gateway', 'broker', 'consumer', 'gateway,broker,consumer']),
    );
    expect(new Set(all.map(({ moment }) => moment)).size).toBe(6);
  });

  it('strikes nobody who is not there, and always somebody', () => {
    const victims = blows(['gateway', 'consumer']).map((blow) => blow.victims);
    expect(new Set(victims.flat())).toEqual(new Set(['gateway', 'consumer']));
    expect(victims.every(({ length }) => length > 0)).toBe(true);
  });
});
