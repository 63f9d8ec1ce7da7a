/** Where a point of a profile stands in the tables of items. Pure. */
import { suggestion } from '../profile/suggest.ts';
import { hexWord } from './code-text.ts';
import type { StBitOrder } from './decode-status.ts';
import type { Field, Item } from './layout.ts';
import { findItem, knownItems, type LayoutName } from './layouts.ts';
import { familyOf } from './meter-types.ts';

/** What a status says, beside `st` itself. */
const STATUS_PARTS = ['valve', 'batteryLow'] as const;
/** A0xx and A1xx are written. */
const FIRST_WRITTEN = 0xa000;
const LAST_WRITTEN = 0xafff;

export interface PointPlace {
  readonly di: number;
  readonly item: Item;
  readonly field: Field;
}

export interface MeterKind {
  /** T, two hex digits. */
  readonly type: string;
  readonly layout: LayoutName;
  readonly stBitOrder?: StBitOrder;
}

/** Or which of the two names is wrong, and why. */
export type PlaceFound =
  | { readonly ok: true; readonly place: PointPlace }
  | { readonly ok: false; readonly wrong: 'item' | 'field'; readonly message: string };

export function findPlace(named: { readonly item: string; readonly field: string }, meter: MeterKind): PlaceFound {
  const family = familyOf(Number.parseInt(meter.type, 16));
  const di = /^[0-9A-F]{4}$/.test(named.item) ? Number.parseInt(named.item, 16) : NaN;
  const item = Number.isNaN(di) ? null : findItem(di, family, meter.layout);
  if (item === null) return wrongItem(`there is no item ${JSON.stringify(named.item)}${nearItems(named.item, meter)}`);
  if (di >= FIRST_WRITTEN && di <= LAST_WRITTEN)
    return wrongItem(`${named.item} (${item.name}) is written, never read`);
  if (item.fields === undefined) {
    return wrongItem(`no source gives the layout of ${named.item} (${item.name}) at a meter of type ${meter.type}`);
  }
  const field = item.fields.find((one) => namesOf(one).includes(named.field));
  if (field !== undefined) return { ok: true, place: { di, item, field } };
  const near = suggestion(named.field, item.fields.flatMap(namesOf), 'fields');
  return {
    ok: false,
    wrong: 'field',
    message: `${named.item} (${item.name}) has no ${JSON.stringify(named.field)}${near}`,
  };
}

/** The names by which points take what a field holds. */
function namesOf(field: Field): readonly string[] {
  return field.type === 'status' ? [...STATUS_PARTS, field.name] : [field.name];
}

function wrongItem(message: string): PlaceFound {
  return { ok: false, wrong: 'item', message };
}

function nearItems(name: string, { layout }: MeterKind): string {
  return suggestion(name, knownItems(layout).map(hexWord), 'items');
}
