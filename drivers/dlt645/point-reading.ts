/** What a decoded value means for a point: in the point's unit, exact, with the time that the meter gives it. */
import type { Quality, Reading, Value } from '../contract.ts';
import { shiftUnit } from '../unit-shift.ts';
import { UNITS, type Unit } from '../units.ts';
import type { DecodedItem, LabelledValue } from './decode-item.ts';
import type { Version } from './control-codes.ts';
import { slotAt, type Place } from './place.ts';
import type { Dlt645Point } from './profile.ts';
import { isoLocal } from './settlement-moments.ts';

type Meaning = Pick<Reading, 'value' | 'quality' | 'exact' | 'reason' | 'meterTime'>;

/** A block of 1997 ends with AAH, and so do those of some meters of 2007. */
const BLOCK_END = 'aa';

/** The reading of `point`, whose value stands at `place` in `item`. Bad, and never 0, where the meter gave no value. */
export function readingOf(
  point: Dlt645Point,
  place: Place,
  version: Version,
  item: DecodedItem & { readonly at: number },
): Reading {
  return { point: point.key, at: item.at, ...meaningOf(point, place, version, item) };
}

export function badReading(point: Dlt645Point, at: number, reason: string): Reading {
  return { point: point.key, at, ...bad(reason) };
}

function meaningOf(point: Dlt645Point, place: Place, version: Version, item: DecodedItem): Meaning {
  const format = slotAt(place, version)?.format;
  if (format === undefined) return bad(`no table has ${place.item}`);
  const isWhole = item.rest === undefined || item.rest === BLOCK_END || item.shape === 'record';
  if (!isWhole) return bad(`the meter sends ${place.item} in another layout than the standard's`);
  const found = valueIn(item, place.part);
  if (found === undefined) return bad(`the meter sends ${place.item} without ${place.part ?? 'a value'}`);
  if (found.value === null) return bad(found.reason ?? 'no value');
  switch (format.kind) {
    case 'number':
    case 'demand':
      return numberMeaning(found.value, found, point.unit);
    case 'clock':
      return clockMeaning(found.value);
    case 'word':
      return statusMeaning(found, place.status, point.enum);
    case 'baud':
      return good(Number(found.value));
    case 'digits':
    case 'text':
      return good(found.value);
  }
}

/** A block of one value is not labelled: it is the first of what the block could have. */
function valueIn({ shape, values }: DecodedItem, part: string | undefined): LabelledValue | undefined {
  if (part === undefined || (shape === 'one' && part === 'total')) return values[0];
  return values.find(({ label }) => label === part);
}

function numberMeaning(text: string, { unit = '', time }: LabelledValue, wanted: Unit | undefined): Meaning {
  const shifted =
    wanted === undefined || !(unit in UNITS) ? { ok: true as const, value: text } : shiftUnit(text, unit, wanted);
  if (!shifted.ok) return bad(shifted.reason);
  const meterTime = typeof time === 'string' ? { meterTime: isoLocal(time) } : {};
  return { ...good(Number(shifted.value)), exact: shifted.value, ...meterTime };
}

function clockMeaning(text: string): Meaning {
  const isWhole = /^\d{4}-\d\d-\d\d \d\d:\d\d/.test(text);
  return isWhole ? { ...good(isoLocal(text)), meterTime: isoLocal(text) } : good(text);
}

function statusMeaning(
  { status }: LabelledValue,
  field = '',
  names: Readonly<Record<string, string>> | undefined,
): Meaning {
  const value = status?.[field];
  if (value === undefined) return bad(`the status word has no ${field}`);
  if (typeof value === 'boolean' || names === undefined || Object.values(names).includes(value)) return good(value);
  return { value, quality: 'uncertain', reason: `${value}: no source says what it means` };
}

function good(value: Value): Meaning {
  return { value, quality: 'good' satisfies Quality };
}

function bad(reason: string): Meaning {
  return { value: null, quality: 'bad', reason };
}

/** Whether the values of a block could not be told apart: some meters send fewer than the standard lists. */
export function isUnlabelled({ shape, values }: DecodedItem): boolean {
  return shape === 'series' && values.length > 0 && values.every(({ label }) => label === undefined);
}
