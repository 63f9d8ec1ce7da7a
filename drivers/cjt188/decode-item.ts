/** What the data of a reply or of a write mean at a meter of a known family and layout. */
import { decodeFields, type DecodedField } from './decode-fields.ts';
import type { StBitOrder } from './decode-status.ts';
import { layoutLength } from './layout.ts';
import { ageOf, findItem, type LayoutName } from './layouts.ts';
import type { Family } from './meter-types.ts';

export interface ItemContext {
  readonly family: Family | null;
  readonly layout: LayoutName;
  readonly stBitOrder: StBitOrder;
}

export interface DecodedItem {
  /** Null for an unknown item. */
  readonly item: string | null;
  /** How many months or freezes back, counted from 1. */
  readonly ago?: number;
  /** Empty where `reason` says why. */
  readonly fields: readonly DecodedField[];
  readonly reason?: string;
}

/** `data`: what follows SER. */
export function decodeItem(di: number, data: Uint8Array, context: ItemContext): DecodedItem {
  const item = findItem(di, context.family, context.layout);
  if (item === null) return { item: null, fields: [], reason: 'unknown item' };
  const age = ageOf(item, di);
  const known = { item: item.name, ...(age === null ? {} : { ago: age }) };
  if (item.fields === undefined) {
    return { ...known, fields: [], reason: 'no source gives the layout of this item at such a meter' };
  }
  const length = layoutLength(item.fields);
  if (data.length !== length) {
    const reason = `${data.length} bytes of data where the layout "${context.layout}" has ${length}`;
    return { ...known, fields: [], reason };
  }
  return { ...known, fields: decodeFields(item.fields, data, context.stBitOrder) };
}
