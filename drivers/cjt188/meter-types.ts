/** T: what a meter measures. CJ/T 188-2004, table 3; 22H is of the 2018 edition (ng-gateway.com/southward/cjt188/address-di). */

/** Meters of one family answer in one layout. */
export type Family = 'water' | 'heat' | 'gas' | 'other';

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x10, 'cold water'],
  [0x11, 'hot water'],
  [0x12, 'drinking water'],
  [0x13, 'reclaimed water'],
  [0x20, 'heat'],
  [0x21, 'cold of a heat meter'],
  [0x22, 'heat and cold'],
  [0x30, 'gas'],
  [0xaa, 'any'],
]);

/** Null for what no table has. Some meters answer with a reserved code of their family, such as 25H. */
export function familyOf(meterType: number): Family | null {
  if (meterType >= 0x10 && meterType <= 0x19) return 'water';
  if (meterType >= 0x20 && meterType <= 0x29) return 'heat';
  if (meterType >= 0x30 && meterType <= 0x39) return 'gas';
  return meterType >= 0x40 && meterType <= 0x49 ? 'other' : null;
}

/** The type of its family that most meters have; null for what no table has. */
export function plainTypeOf(meterType: number): number | null {
  return familyOf(meterType) === null ? null : meterType & 0xf0;
}

export function meterTypeName(meterType: number): string {
  const family = familyOf(meterType);
  return NAMES.get(meterType) ?? (family === null ? 'unknown' : `reserved for ${family} meters`);
}
