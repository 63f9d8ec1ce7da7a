/** How the values of data items are coded. DL/T 645-2007, annex A: XXXXXX.XX is four bytes BCD with two decimals. */
import type { Unit } from '../units.ts';
import type { StatusWord } from './status-words.ts';

/** The units of data items that no point of a profile carries. */
export type ItemUnit = Unit | 'yuan' | 'yuan/kWh' | 'imp/kWh' | 'imp/kvarh' | 'count' | '';

/** BCD, the lowest digits first. */
export interface NumberFormat {
  readonly kind: 'number';
  readonly bytes: number;
  readonly decimals: number;
  /** The top bit is the sign, and not part of the first digit. */
  readonly signed: boolean;
  readonly unit: ItemUnit;
}

/** Two digits each, the last pair first on the wire; WW is the weekday, 0 on Sundays. */
export type ClockPattern =
  'YYMMDDhhmmss' | 'YYMMDDhhmm' | 'YYMMDDWWhhmmss' | 'YYMMDDWW' | 'MMDDhhmm' | 'DDhh' | 'hhmmss' | 'hhmm';

export type Format =
  | NumberFormat
  /** A number and, after it, when it was reached (YYMMDDhhmm). */
  | { readonly kind: 'demand'; readonly number: NumberFormat }
  | { readonly kind: 'clock'; readonly pattern: ClockPattern }
  | { readonly kind: 'word'; readonly word: StatusWord }
  /** Digits that are a name and not a number: addresses and meter numbers keep their zeros. */
  | { readonly kind: 'digits'; readonly bytes: number }
  /** ASCII, the last character first; meters keep to no length. */
  | { readonly kind: 'text' }
  /** The characteristic byte Z of a baud rate. */
  | { readonly kind: 'baud' };

export function number(bytes: number, decimals: number, unit: ItemUnit): NumberFormat {
  return { kind: 'number', bytes, decimals, signed: false, unit };
}

export function signed(bytes: number, decimals: number, unit: ItemUnit): NumberFormat {
  return { kind: 'number', bytes, decimals, signed: true, unit };
}

export function clock(pattern: ClockPattern): Format {
  return { kind: 'clock', pattern };
}

const DEMAND_TIME = 5;

/** How many bytes one value takes; null where that is up to the meter. */
export function sizeOf(format: Format): number | null {
  switch (format.kind) {
    case 'number':
    case 'digits':
      return format.bytes;
    case 'demand':
      return format.number.bytes + DEMAND_TIME;
    case 'clock':
      return format.pattern.length / 2;
    case 'word':
      return format.word.bytes;
    case 'baud':
      return 1;
    case 'text':
      return null;
  }
}
