/** Names of quantities by IEC 62056-6-1: A-B:C.D.E; electricity is 1-0. Historical values carry the name of their quantity. */

/** D: what is told of the quantity. */
type Kind = 'energy' | 'maximum demand' | 'instantaneous';

const D: Readonly<Record<Kind, number>> = { energy: 8, 'maximum demand': 6, instantaneous: 7 };

/** C of the sum of all phases; a single phase has 20, 40 or 60 more. */
export const OBIS_C = {
  forwardActive: 1,
  reverseActive: 2,
  forwardReactive: 3,
  reverseReactive: 4,
  q1: 5,
  q2: 6,
  q3: 7,
  q4: 8,
  forwardApparent: 9,
  reverseApparent: 10,
  current: 11,
  voltage: 12,
  powerFactor: 13,
  frequency: 14,
  /** Forward less reverse: the power with a sign. */
  netActive: 16,
} as const;

/** `phase`: 0 of all phases, 1 to 3 of L1 to L3. `tariff`: 0 of all tariffs. */
export function obisOf(kind: Kind, c: number, phase = 0, tariff = 0): string {
  return `1-0:${c + 20 * phase}.${D[kind]}.${tariff}`;
}
