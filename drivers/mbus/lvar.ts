/** The byte before data of variable length: what kind they are, and how many. EN 13757-3:2018, Table 5. */

export type LvarKind = 'text' | 'positiveBcd' | 'negativeBcd' | 'binary';

interface LvarRange {
  readonly from: number;
  readonly to: number;
  readonly kind: LvarKind;
  /** Bytes of data. */
  readonly length: (lvar: number) => number;
}

const RANGES: readonly LvarRange[] = [
  { from: 0x00, to: 0xbf, kind: 'text', length: (lvar) => lvar },
  // Two digits in each byte; libmbus takes twice as many bytes.
  { from: 0xc0, to: 0xc9, kind: 'positiveBcd', length: (lvar) => lvar - 0xc0 },
  { from: 0xd0, to: 0xd9, kind: 'negativeBcd', length: (lvar) => lvar - 0xd0 },
  { from: 0xe0, to: 0xef, kind: 'binary', length: (lvar) => lvar - 0xe0 },
  { from: 0xf0, to: 0xf4, kind: 'binary', length: (lvar) => 4 * (lvar - 0xec) },
  { from: 0xf5, to: 0xf5, kind: 'binary', length: () => 48 },
  { from: 0xf6, to: 0xf6, kind: 'binary', length: () => 64 },
];

/** Null where the byte is reserved. */
export function lengthOfLvar(lvar: number): number | null {
  return rangeOf(lvar)?.length(lvar) ?? null;
}

/** Null where the byte is reserved. */
export function kindOfLvar(lvar: number): LvarKind | null {
  return rangeOf(lvar)?.kind ?? null;
}

function rangeOf(lvar: number): LvarRange | undefined {
  return RANGES.find(({ from, to }) => lvar >= from && lvar <= to);
}
