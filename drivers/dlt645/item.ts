/** Data items: what a data identifier (DI) names, and how its data is laid out. */
import type { Format } from './format.ts';

/**
 * `one`: a single value. `series`: as many values of one kind as the meter sends. `record`: values of different kinds.
 * `block`: a record whose parts depend on how much the meter sends.
 */
export type Item = OneValue | Series | RecordItem | Block;

interface Named {
  /** In English, for a person. */
  readonly name: string;
}

export interface OneValue extends Named {
  readonly shape: 'one';
  readonly format: Format;
  /** The quantity's name by IEC 62056-6-1, such as `1-0:1.8.0`. */
  readonly obis?: string | undefined;
}

export interface Series extends Named {
  readonly shape: 'series';
  readonly format: Format;
  /** What the first, second … value is. A meter may send fewer. */
  readonly labels: readonly string[];
  /** A part of the values could be any: labels only where all are there. */
  readonly labelsNeedAll?: boolean;
  readonly obis?: readonly (string | undefined)[] | undefined;
  /** A single value is the item itself, not a block of one. */
  readonly mayBeOne?: boolean;
}

export interface RecordItem extends Named {
  readonly shape: 'record';
  readonly parts: readonly Part[];
}

export interface Block extends Named {
  readonly shape: 'block';
  /** What `length` bytes are; null where no layout is known that has this length. */
  readonly partsIn: (length: number) => readonly Part[] | null;
}

export interface Part {
  readonly label: string;
  readonly format: Format;
  readonly obis?: string | undefined;
}

/** The last byte or digit of an identifier that asks for all there are. */
export const ALL = 0xff;

export const PHASES = ['A', 'B', 'C'] as const;
export const TOTAL_AND_PHASES = ['total', ...PHASES] as const;

/** At most 63 tariffs (2007: table A.1), 14 in 1997. */
export function tariffLabels(tariffs: number): string[] {
  return Array.from({ length: tariffs + 1 }, (_, tariff) => tariffLabel(tariff));
}

export function tariffLabel(tariff: number): string {
  return tariff === 0 ? 'total' : `tariff ${tariff}`;
}

/** `current`, `settlement 1` (the last one) …: 2007 keeps twelve settlement days. */
export function settlementLabel(settlement: number): string {
  return settlement === 0 ? 'current' : `settlement ${settlement}`;
}
