/** What an M-Bus slave is as it was built. */
import type { LocalMs } from '../metering/local-time.ts';
import type { MeterClock } from '../metering/meter-clock.ts';

/** What the records are made from. */
export interface MbusMoment {
  /** The local time, whatever the slave's clock shows. */
  readonly local: LocalMs;
  readonly clock: MeterClock;
  /** Eight digits. */
  readonly id: string;
}

/** `variable`: CI 72, the records of each telegram in turn. `fixed`: CI 73, the old form with two counters. */
export type MbusContent =
  | { readonly kind: 'variable'; telegrams(moment: MbusMoment): readonly Uint8Array[] }
  | { readonly kind: 'fixed'; readonly medium: FixedMedium; counters(moment: MbusMoment): FixedCounters };

/** Of the fixed form, whose table of media is its own. */
export type FixedMedium = 'other' | 'oil' | 'electricity' | 'gas' | 'heat' | 'steam' | 'hotWater' | 'water' | 'heatCostAllocator'; // prettier-ignore

/** Two counters of eight digits with the codes of their units; status bit 0 says that they are binary. */
export interface FixedCounters {
  readonly units: readonly [number, number];
  readonly values: readonly [number, number];
  readonly coding: 'bcd' | 'binary';
}

export interface MbusModel {
  readonly name: string;
  /** Three letters. */
  readonly manufacturer: string;
  readonly version: number;
  /** Code of EN 13757-3. */
  readonly medium: number;
  readonly content: MbusContent;
  /** For enhanced selection, eight digits; null: it knows none. */
  readonly fabrication: string | null;
  /** Bits of the maker beside power low, and errors. */
  readonly status: number;
  readonly powerLowFrom: LocalMs | null;
  /** Sends its first telegram whatever the frame count bit says. */
  readonly ignoresFcb: boolean;
  /** Does not acknowledge SND_NKE. */
  readonly isMuteToReset: boolean;
  /** The A field of its replies: its own, or as asked (FD), as one maker's. */
  readonly repliesAs: 'primary' | 'asked';
  /** The standard allows 11 to 330 bit times and 50 ms: at 2400 baud 5 to 187 ms. */
  readonly replyDelayMs: number;
  readonly deadFrom: LocalMs | null;
}
