/** A meter's register: how far it counts, what can pass it in a time, and what two of its values say together. */
import {
  add,
  compare,
  multiply,
  nearestQuotient,
  parseDecimal,
  subtract,
  toPaddedText,
  type Decimal,
} from '../../../drivers/bytes/decimal.ts';
import type { DecimalText, Meter } from '../model.ts';
import { limitsOf } from './utilities.ts';

export type Register = Pick<Meter, 'digits' | 'decimals' | 'maxPerHour' | 'utility' | 'unit'>;

/** A value of the register and when it stood so, Unix milliseconds. */
export interface Sighting {
  readonly value: DecimalText;
  readonly at: number;
}

export const ZERO: Decimal = { digits: 0n, exponent: 0 };
const HOUR: Decimal = { digits: 36n, exponent: 5 };

/** How the register came from one value to another. `by`: how far it went back. */
export type Passage =
  | { readonly kind: 'forward'; readonly use: Decimal }
  | { readonly kind: 'rollOver'; readonly use: Decimal }
  | { readonly kind: 'backwards'; readonly by: Decimal };

/** Throws RangeError where it is no decimal number: what the registry and the store hold has been checked. */
export function decimal(text: DecimalText): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError(`"${text}" is no decimal number`);
  return value;
}

/** As the register's dial shows it, with no digit dropped. */
export function asOnDial(value: Decimal, register: Pick<Register, 'decimals'>): DecimalText {
  return toPaddedText(value, register.decimals);
}

/** The first value that the register has no digits for: it shows 0 instead. */
export function capacity({ digits }: Pick<Register, 'digits'>): Decimal {
  return { digits: 1n, exponent: digits };
}

/** `a / b`, rounded to so many decimals, halves away from zero. For estimates and limits; nothing measured is rounded. */
export function quotient(a: Decimal, b: Decimal, decimals: number): Decimal {
  return { digits: nearestQuotient(a, multiply(b, { digits: 1n, exponent: -decimals })), exponent: -decimals };
}

/** `milliseconds` as a factor of a sum. */
export function milliseconds(duration: number): Decimal {
  return { digits: BigInt(Math.round(duration)), exponent: 0 };
}

/** The most that can pass in so many milliseconds. One step of the last digit is always possible: it was about to turn. */
export function mostWithin(register: Register, duration: number): Decimal {
  const perHour = decimal(register.maxPerHour ?? limitsOf(register.utility, register.unit).maxPerHour);
  const passed = quotient(multiply(perHour, milliseconds(duration)), HOUR, register.decimals);
  return add(passed, { digits: 1n, exponent: -register.decimals });
}

/**
 * What `later` says after `earlier`. It is a roll-over only from the last hundredth of the register to its first, and only if that
 * much can have passed in the time. Anything else that is less than before went backwards.
 */
export function passage(register: Register, earlier: Sighting, later: Sighting): Passage {
  const [from, to] = [decimal(earlier.value), decimal(later.value)];
  const use = subtract(to, from);
  if (compare(use, ZERO) >= 0) return { kind: 'forward', use };
  const top = capacity(register);
  const hundredth = { ...top, exponent: top.exponent - 2 };
  const overTop = add(use, top);
  const isAcross = compare(from, subtract(top, hundredth)) >= 0 && compare(to, hundredth) < 0;
  const isPossible = compare(overTop, mostWithin(register, Math.max(0, later.at - earlier.at))) <= 0;
  return isAcross && isPossible ? { kind: 'rollOver', use: overTop } : { kind: 'backwards', by: subtract(from, to) };
}
