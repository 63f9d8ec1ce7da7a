/**
 * The unit byte beside each value. A code of tens or hundreds scales the value, and so takes decimals from the register.
 * Source: CJ/T 188-2004 table 13 and 2018 table 20, as ng-gateway (Apache-2.0, 0f0c142, cjt188/src/protocol/frame/defs.rs)
 * lists them; the codes that meters use most agree with the firmware of KingDa and with hftangyu.com/563.html.
 */

export type Quantity = 'energy' | 'power' | 'volume' | 'flow';

export interface UnitCode {
  readonly unit: string;
  readonly quantity: Quantity;
  /** The value counts units × 10^exponent. */
  readonly exponent: 0 | 1 | 2;
}

/** The code of each unit, and how many codes it has: ×1, ×10, ×100 follow each other. */
const UNITS: readonly (readonly [code: number, unit: string, quantity: Quantity, codes: 1 | 3])[] = [
  [0x01, 'J', 'energy', 1],
  [0x02, 'Wh', 'energy', 3],
  [0x05, 'kWh', 'energy', 3],
  [0x08, 'MWh', 'energy', 3],
  [0x0b, 'kJ', 'energy', 3],
  [0x0e, 'MJ', 'energy', 3],
  [0x11, 'GJ', 'energy', 3],
  [0x14, 'W', 'power', 3],
  [0x17, 'kW', 'power', 3],
  [0x1a, 'MW', 'power', 3],
  [0x29, 'L', 'volume', 3],
  [0x2c, 'm3', 'volume', 3],
  [0x32, 'L/h', 'flow', 3],
  [0x35, 'm3/h', 'flow', 3],
  [0x40, 'J/h', 'power', 1],
  [0x43, 'kJ/h', 'power', 3],
  [0x46, 'MJ/h', 'power', 3],
  [0x49, 'GJ/h', 'power', 3],
];

const EXPONENTS = [0, 1, 2] as const;

const BY_CODE: ReadonlyMap<number, UnitCode> = new Map(
  UNITS.flatMap(([code, unit, quantity, codes]) =>
    EXPONENTS.slice(0, codes).map((exponent) => [code + exponent, { unit, quantity, exponent }] as const),
  ),
);

/** Null where no table has the code: then nobody knows what the value counts. */
export function unitOf(code: number): UnitCode | null {
  return BY_CODE.get(code) ?? null;
}

/** The code of a unit, for what is written to a meter; null where there is none. */
export function codeOfUnit(unit: string): number | null {
  return UNITS.find(([, name]) => name === unit)?.[0] ?? null;
}
