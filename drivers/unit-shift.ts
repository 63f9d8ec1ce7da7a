/** Exact conversion between units of one quantity: those that a power of ten lies between. */
import { parseDecimal, toPaddedText } from './bytes/decimal.ts';
import { UNITS, type Unit } from './units.ts';

export type Shifted =
  | { readonly ok: true; readonly value: string }
  /** Why there is no such value, in words. */
  | { readonly ok: false; readonly reason: string };

/** Units that differ by powers of ten, each with its power, also those that only meters use. A kilowatt hour is 3.6 megajoules: another family. */
const FAMILIES = [
  powers({ Wh: 0, kWh: 3, MWh: 6 }),
  powers({ J: 0, kJ: 3, MJ: 6, GJ: 9 }),
  powers({ W: 0, kW: 3, MW: 6 }),
  powers({ 'J/h': 0, 'kJ/h': 3, 'MJ/h': 6, 'GJ/h': 9 }),
  powers({ VA: 0, kVA: 3 }),
  powers({ var: 0, kvar: 3 }),
  powers({ varh: 0, kvarh: 3 }),
  powers({ VAh: 0, kVAh: 3 }),
  powers({ L: 0, m3: 3 }),
  powers({ 'L/h': 0, 'm3/h': 3 }),
  powers({ Pa: 0, kPa: 3, bar: 5, MPa: 6 }),
  powers({ ms: 0, s: 3 }),
];

function powers(family: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  return new Map(Object.entries(family));
}

/**
 * The decimal `value` of `from` as one of `to`, with all digits that it has: 12.30 L is 0.01230 m3, 1.5 m3 is 1500 L, and
 * 2185e1 Wh, of a register that counts in tens, 21.85 kWh. `from` is what a meter calls its unit.
 */
export function shiftUnit(value: string, from: string, to: Unit): Shifted {
  const decimal = parseDecimal(value);
  if (decimal === null) return { ok: false, reason: `${value} is no decimal number` };
  const places = from === to ? 0 : placesBetween(from, to);
  if (places === null) return { ok: false, reason: whyNot(value, from, to) };
  const shifted = { digits: decimal.digits, exponent: decimal.exponent + places };
  return { ok: true, value: toPaddedText(shifted, Math.max(0, -shifted.exponent)) };
}

/** How many places a value moves to the left of its decimal point; null where no power of ten lies between them. */
function placesBetween(from: string, to: Unit): number | null {
  const family = FAMILIES.find((one) => one.has(to));
  const [high, low] = [family?.get(from), family?.get(to)];
  return high === undefined || low === undefined ? null : high - low;
}

function whyNot(value: string, from: string, to: Unit): string {
  const quantity = Object.entries(UNITS).find(([unit]) => unit === from)?.[1];
  const sent = `the meter sends ${value} ${from}`;
  if (quantity === UNITS[to]) return `${sent}, which no decimal number of ${to} stands for exactly`;
  return `${sent}, which is no ${UNITS[to]}: it cannot be told in ${to}`;
}
