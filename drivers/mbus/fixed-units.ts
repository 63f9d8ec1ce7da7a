/**
 * Units of the counters of fixed data: the six lowest bits of the medium and unit bytes. The M-Bus: A Documentation Rev. 4.8,
 * chapter 8 (table of physical units).
 */

export interface FixedUnit {
  readonly quantity: string;
  /** Spelled as in drivers/units.ts where that has it; null where the counter has none. */
  readonly unit: string | null;
  /** The counter counts in 10^exponent of the unit. */
  readonly exponent: number;
  /** What libmbus prints. */
  readonly libmbus: string;
}

/** The unit of the second counter where it holds an earlier value of the first: `same but historic`. */
export const HISTORIC = 0x3e;

type Step = readonly [libmbus: string, exponent: number];

/** Codes 02 to 37 in order: nine steps of energy in Wh, nine in J, nine of power, and so on. */
const RANGES: readonly (readonly [quantity: string, unit: string, steps: readonly Step[]])[] = [
  ['Energy', 'Wh', decades(['Wh', 'kWh', 'MWh'], 0)],
  ['Energy', 'J', decades(['kJ', 'MJ', 'GJ'], 3)],
  ['Power', 'W', decades(['W', 'kW', 'MW'], 0)],
  ['Power', 'J/h', decades(['kJ/h', 'MJ/h', 'GJ/h'], 3)],
  ['Volume', 'm3', decades(['ml', 'l', 'm^3'], -6)],
  ['Volume flow', 'm3/h', decades(['ml/h', 'l/h', 'm^3/h'], -6)],
];
const FIRST = 0x02;

const TABLE: ReadonlyMap<number, FixedUnit> = new Map([
  [0x00, { quantity: 'Time', unit: null, exponent: 0, libmbus: 'h,m,s' }],
  [0x01, { quantity: 'Date', unit: null, exponent: 0, libmbus: 'D,M,Y' }],
  ...RANGES.flatMap(([quantity, unit, steps]) =>
    steps.map(([libmbus, exponent]) => ({ quantity, unit, exponent, libmbus })),
  ).map((entry, i): readonly [number, FixedUnit] => [FIRST + i, entry]),
  // libmbus swaps the names of these two.
  [0x0d, { quantity: 'Energy', unit: 'J', exponent: 5, libmbus: 'MJ' }],
  [0x0e, { quantity: 'Energy', unit: 'J', exponent: 6, libmbus: '100 kJ' }],
  [0x38, { quantity: 'Temperature', unit: '°C', exponent: -3, libmbus: '1e-3 °C' }],
  [0x39, { quantity: 'H.C.A.', unit: null, exponent: 0, libmbus: 'units for HCA' }],
  [0x3f, { quantity: 'without units', unit: null, exponent: 0, libmbus: 'without units' }],
]);

/** Null where the code is reserved, and for HISTORIC, which is the other counter's unit. */
export function fixedUnit(code: number): FixedUnit | null {
  return TABLE.get(code) ?? null;
}

/** All that is not reserved. */
export function fixedUnitTable(): readonly FixedUnit[] {
  return [...TABLE.values()];
}

/** What libmbus prints for `code`. */
export function libmbusFixedUnit(code: number): string {
  if (code === HISTORIC) return 'reserved but historic';
  return TABLE.get(code)?.libmbus ?? 'reserved';
}

/** `Wh`, `10 Wh`, `100 Wh`, `kWh` …: three names, three steps each. */
function decades(units: readonly string[], exponent: number): Step[] {
  return units.flatMap((unit, i) => ['', '10 ', '100 '].map((times, j): Step => [times + unit, exponent + 3 * i + j]));
}
