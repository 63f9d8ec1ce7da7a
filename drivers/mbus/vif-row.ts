/** How the tables of value information are written down. */

/** What a VIF says of its value: `value = data × factor × 10^exponent`, in `unit`. */
export interface VifMeaning {
  readonly quantity: string;
  /** Spelled as in drivers/units.ts where that has it; null where the value has none. */
  readonly unit: string | null;
  readonly exponent: number;
  /** Other than 1 only where the standard counts in powers of two. */
  readonly factor: bigint;
  /** `date`: data types F, G, I, J. `unsigned`: data types C and D, a number without sign or bits. `opaque`: a coding of its own, which is not decoded. */
  readonly coding: 'number' | 'date' | 'unsigned' | 'opaque';
  /** What libmbus 0.9.0 says otherwise in its normalised output. */
  readonly libmbus?: LibmbusWords;
}

export interface LibmbusWords {
  readonly quantity?: string;
  readonly unit?: string;
  /** Its factor, in its unit. */
  readonly factor?: number;
}

export type VifTable = ReadonlyMap<number, VifMeaning>;
export type VifRow = readonly [code: number, meaning: VifMeaning];

/** Rows that libmbus calls reserved: they are newer than it. */
export const RESERVED_IN_LIBMBUS: LibmbusWords = { quantity: 'Reserved', unit: 'Reserved', factor: 1 };

const DURATIONS = ['s', 'min', 'h', 'd', 'month', 'year'] as const;
type Duration = (typeof DURATIONS)[number];

/** One code. */
export function single(code: number, quantity: string, more: Partial<VifMeaning> = {}): VifRow {
  return [code, { quantity, unit: null, exponent: 0, factor: 1n, coding: 'number', ...more }];
}

/** Codes from `first` on, one for each power of ten from `exponent` on. */
export function decades(
  first: number,
  count: number,
  quantity: string,
  unit: string,
  exponent: number,
  libmbus?: LibmbusWords,
): VifRow[] {
  const words = libmbus === undefined ? {} : { libmbus };
  return Array.from({ length: count }, (_, i) =>
    single(first + i, quantity, { unit, exponent: exponent + i, ...words }),
  );
}

/** Codes from `first` on, one for each unit from the shortest to the longest. */
export function durations(
  first: number,
  quantity: string,
  shortest: Duration,
  longest: Duration,
  libmbus?: LibmbusWords,
): VifRow[] {
  const units = DURATIONS.slice(DURATIONS.indexOf(shortest), DURATIONS.indexOf(longest) + 1);
  const words = libmbus === undefined ? {} : { libmbus };
  return units.map((unit, i) => single(first + i, quantity, { unit, ...words }));
}

/** Codes from `first` on, one for each name; they have no unit. */
export function names(first: number, quantities: readonly string[]): VifRow[] {
  return quantities.map((quantity, i) => single(first + i, quantity));
}
