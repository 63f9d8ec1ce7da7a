/** What a reading of a point says of the dial: a decimal string in the meter's unit, with the register's decimals. */
import type { Reading } from '../../../drivers/contract.ts';
import { decimalOf, parseDecimal, toPaddedText, toText, type Decimal } from '../../../drivers/bytes/decimal.ts';
import { shiftUnit } from '../../../drivers/unit-shift.ts';
import type { PlacedRegister } from './registers.ts';

export type DialReading =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: string };

/** `reading` is not bad. Digits beyond those of the register are dropped, as its dial does not show them. */
export function dialOf({ meter, unit }: PlacedRegister, { value, exact }: Reading): DialReading {
  const text = exact ?? (typeof value === 'number' ? toText(decimalOf(value)) : String(value));
  const shifted = shiftUnit(text, unit ?? meter.unit, meter.unit);
  if (!shifted.ok) return shifted;
  const decimal = parseDecimal(shifted.value);
  return decimal === null
    ? { ok: false, reason: `${shifted.value} is no decimal number` }
    : { ok: true, value: toPaddedText(truncated(decimal, meter.decimals), meter.decimals) };
}

function truncated(decimal: Decimal, decimals: number): Decimal {
  const surplus = -decimals - decimal.exponent;
  return surplus <= 0 ? decimal : { digits: decimal.digits / 10n ** BigInt(surplus), exponent: -decimals };
}
