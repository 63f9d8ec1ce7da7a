/** Whether a place is one that the tables of its version have, and what kind of value stands there. */
import type { Version } from '../control-codes.ts';
import { itemOf } from '../decode-item.ts';
import type { Format } from '../format.ts';
import { slotsOf, unitOf, type Place, type Slot } from '../place.ts';
import { shiftUnit } from '../../unit-shift.ts';
import { suggestion } from '../../profile/suggest.ts';
import { UNITS, type Unit } from '../../units.ts';
import { nearItems } from './near-items.ts';

export interface PlaceMistake {
  /** Which field of the place it is about. */
  readonly field: 'item' | 'part' | 'status' | null;
  readonly message: string;
}

/** A place that has no mistake of its own. */
export type Judged = { readonly ok: true; readonly slot: Slot } | ({ readonly ok: false } & PlaceMistake);

/** More names than these are not listed to a person. */
const MOST_NAMES = 20;

export function judgePlace({ item, part, status }: Place, version: Version): Judged {
  const wrong = (field: PlaceMistake['field'], message: string): Judged => ({ ok: false, field, message });
  const found = itemOf(item, version);
  if (found === null) {
    const message = `DL/T 645-${version} has no item ${item} that this driver knows`;
    return wrong('item', message + nearItems(item, version));
  }
  const slots = slotsOf(found);
  if (slots === null) return wrong('item', `the layout of ${item} is up to the meter: name what it keeps one by one`);
  const slot = slots.get(part ?? '');
  if (slot === undefined) return wrong(part === undefined ? null : 'part', whyNoPart(item, part, [...slots.keys()]));
  const { format } = slot;
  if (format.kind === 'word') {
    const fields = format.word.fields.map(({ name }) => name);
    if (status === undefined) {
      return wrong(null, `${item} is a status word: say which \`status\` of it: ${fields.join(', ')}`);
    }
    if (!fields.includes(status)) {
      return wrong('status', `${item} has no status "${status}"${suggestion(status, fields, 'fields')}`);
    }
  } else if (status !== undefined) return wrong('status', `${item} is no status word`);
  return { ok: true, slot };
}

function whyNoPart(item: string, part: string | undefined, names: readonly string[]): string {
  if (names.length === 1 && names[0] === '') return `${item} has one value and no parts`;
  const listed = names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ' …' : '');
  if (part === undefined) return `${item} has several values: say which \`part\` of it: ${listed}`;
  const near = suggestion(part, names, 'parts');
  return `${item} has no part "${part}"${near.startsWith('; did') ? near : `; it has: ${listed}`}`;
}

/** Why a point of `unit` cannot have a value of `format`; null where it can. */
export function unitMistake(format: Format, unit: Unit | undefined): string | null {
  const own = unitOf(format);
  if (!(own in UNITS))
    return unit === undefined ? null : `it has no unit ${unit}${own === '' ? '' : `: it is in ${own}`}`;
  if (unit === undefined) return `unit is missing: it is in ${own}`;
  return shiftUnit('1', own, unit).ok ? null : `it is in ${own}, which is no ${unit}`;
}

/** What a point of such a place has as its value: two versions must agree on it. */
export function valueKind({ kind }: Format): 'number' | 'text' | 'status' {
  switch (kind) {
    case 'number':
    case 'demand':
    case 'baud':
      return 'number';
    case 'word':
      return 'status';
    case 'clock':
    case 'digits':
    case 'text':
      return 'text';
  }
}
