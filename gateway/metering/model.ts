/**
 * What is billed, and what it is billed from. Types only. A value is a decimal string in the meter's unit with the decimals of
 * the meter's register, as its dial shows it: it is multiplied where consumption is computed, and nowhere else.
 */

export type Utility = 'electricity' | 'coldWater' | 'hotWater' | 'reclaimedWater' | 'gas' | 'heat';

/** What a register counts in, and its home is billed in. */
export type BilledUnit = 'kWh' | 'm3' | 'GJ';

/** A decimal number as text, such as `00123.40`'s value `123.40`; never a binary fraction. */
export type DecimalText = string;

/** Local wall-clock time of the site without zone, `2026-11-01T00:00:00`. */
export type LocalTime = string;

/** Where a meter's register is read: a point of a configured device. */
export interface RegisterPlace {
  readonly device: string;
  readonly point: string;
  /** What one pulse is worth, for a counter: the register is `initial` + pulses × weight. Null where the point is the register. */
  readonly pulseWeight: DecimalText | null;
}

/** One meter (a plate on a wall), from its installation to its removal. A replaced meter is another one. */
export interface Meter {
  /** As printed on it; unique. Text: digits at its start count. */
  readonly number: string;
  /** Null for a public area. */
  readonly home: string | null;
  readonly utility: Utility;
  /** As its dial shows it. */
  readonly unit: BilledUnit;
  /** Null where people read it. */
  readonly place: RegisterPlace | null;
  /** CT × PT (倍率). */
  readonly multiplier: DecimalText;
  /** Digits of the register before the decimal point: it rolls over at 10^digits. */
  readonly digits: number;
  readonly decimals: number;
  readonly installedAt: LocalTime;
  /** What it showed then (底数). */
  readonly initial: DecimalText;
  readonly removedAt: LocalTime | null;
  /** What it showed then. */
  readonly final: DecimalText | null;
  /** The number of the meter that it took the place of. */
  readonly replaces: string | null;
  /** More than this in an hour cannot have passed it; null: the default of its utility. */
  readonly maxPerHour: DecimalText | null;
  readonly location: string | null;
}

export interface Home {
  /** Unique, such as `3-1-1201`. */
  readonly id: string;
  readonly building: string;
  readonly unit: string;
  readonly room: string;
  /** Of its intercom; null where it has none. */
  readonly extension: string | null;
}

export type {
  MeterReadingRow as MeterReading,
  MeterReadingQuality as ReadingQuality,
  MeterReadingStanding as ReadingStanding,
} from '../store/rows.ts';
