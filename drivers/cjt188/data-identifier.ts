/**
 * DI0 DI1. The 2004 edition is read as sending the high byte first (90 1F), the 2018 edition the low byte; meters of
 * either time do both, and some are asked in one order and answer in the other. Sources: ng-gateway; captured frames.
 */

export type DiOrder = 'high' | 'low';

export interface DataIdentifier {
  readonly di: number;
  readonly order: DiOrder;
}

/** The high byte of all data identifiers: 81 parameters, 82 the maker's, 90 and 91 readings, A0 to A2 writes, D0 to D4 history. */
const HIGH_BYTES: ReadonlySet<number> = new Set([
  0x81, 0x82, 0x90, 0x91, 0xa0, 0xa1, 0xa2, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4,
]);

/** The two bytes of `di` as they go onto the wire. */
export function diBytes(di: number, order: DiOrder): readonly [number, number] {
  const [high, low] = [di >>> 8, di & 0xff] as const;
  return order === 'high' ? [high, low] : [low, high];
}

/**
 * Reads the first two of `data` in the order in which they make sense; where both do, in `preferred`. Null where there are
 * not two.
 */
export function readDi(
  data: Uint8Array,
  isKnown: (di: number) => boolean,
  preferred: DiOrder = 'high',
): DataIdentifier | null {
  const [first, second] = data;
  if (first === undefined || second === undefined) return null;
  const high: DataIdentifier = { di: first * 256 + second, order: 'high' };
  const low: DataIdentifier = { di: second * 256 + first, order: 'low' };
  const either = preferred === 'high' ? [high, low] : [low, high];
  return either.find(({ di }) => isKnown(di)) ?? either.find(({ di }) => HIGH_BYTES.has(di >>> 8)) ?? either[0] ?? null;
}
