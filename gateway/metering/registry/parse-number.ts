/** Values and counts of a registry → decimal strings and whole numbers. No binary fraction on the way. */
import { compare, parseDecimal, toPaddedText, toText } from '../../../drivers/bytes/decimal.ts';
import { halfWidth } from '../../config/files/half-width.ts';
import type { DecimalText } from '../model.ts';
import { parsed, refused, type Parsed } from './parsed.ts';

/** 10^24 is beyond any register; what is longer than this is no number that somebody meant. */
const DECIMAL = /^\d{1,24}(?:\.\d{1,12})?$/;
const NOT_NEGATIVE = 'must be a number such as 123.45 that is not negative';

/** What a dial shows: as written, so that the digits behind the point can be counted. */
export function parseDial(cell: string): Parsed<DecimalText> {
  const text = halfWidth(cell);
  if (DECIMAL.test(text)) return parsed(text);
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return refused(text, NOT_NEGATIVE, `write ${text.replaceAll(',', '')}`);
  return refused(text, NOT_NEGATIVE);
}

/** A factor or a limit, in its shortest form. */
export function parsePositive(cell: string): Parsed<DecimalText> {
  const text = halfWidth(cell);
  const decimal = DECIMAL.test(text) ? parseDecimal(text) : null;
  const isPositive = decimal !== null && decimal.digits > 0n;
  return isPositive ? parsed(toText(decimal)) : refused(text, 'must be a number above 0, such as 40 or 0.01');
}

export function parseWhole(least: number, most: number): (text: string) => Parsed<number> {
  return (cell) => {
    const text = halfWidth(cell);
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most
      ? parsed(value)
      : refused(text, `must be a whole number, ${least} to ${most}`);
  };
}

/** A value with the decimals of its register: `00123.4` → `123.40`; refused where the register cannot show it. */
export function onDial(value: DecimalText, digits: number, decimals: number): Parsed<DecimalText> {
  const decimal = parseDecimal(value);
  const text = decimal === null ? '' : toPaddedText(decimal, decimals);
  const fits = decimal !== null && compare(decimal, { digits: 1n, exponent: digits }) < 0;
  if (fits && (text.split('.')[1] ?? '').length <= decimals) return parsed(text);
  const hint = `${digits} digits before the point and ${decimals} behind it; "digits" and "decimals" say otherwise`;
  return { ok: false, message: `is ${value}, which its register cannot show`, hint };
}
