/** Where a value stands in a meter: a data item, and what of it. */
import { itemOf } from './decode-item.ts';
import type { Version } from './control-codes.ts';
import type { Format, ItemUnit } from './format.ts';
import { ALL, type Item, type Series } from './item.ts';

export interface Place {
  /** Data identifier in hex, the highest byte first. */
  readonly item: string;
  /** Which of the item's values: `total`, `tariff 1`, `A`, `settlement 3`, `status word 1` … */
  readonly part?: string | undefined;
  /** Which field of a status word. */
  readonly status?: string | undefined;
}

/** One value of an item. */
export interface Slot {
  readonly format: Format;
  /** By IEC 62056-6-1, where the tables know it. */
  readonly obis?: string | undefined;
}

/** The values of an item by their names; '' where it has only one. Null where its layout is up to the meter. */
export function slotsOf(item: Item): ReadonlyMap<string, Slot> | null {
  switch (item.shape) {
    case 'one':
      return new Map([['', item]]);
    case 'series':
      return new Map(item.labels.map((label, i) => [label, { format: item.format, obis: item.obis?.[i] }]));
    case 'record':
      return new Map(item.parts.map((part) => [part.label, part]));
    case 'block':
      return null;
  }
}

/** The value at `place`; undefined where the tables of the version have none. */
export function slotAt({ item, part = '' }: Place, version: Version): Slot | undefined {
  const found = itemOf(item, version);
  return found === null ? undefined : slotsOf(found)?.get(part);
}

export function unitOf(format: Format): ItemUnit {
  return format.kind === 'number' ? format.unit : format.kind === 'demand' ? format.number.unit : '';
}

/**
 * The same value as an item of its own, for meters that do not send the block it is in: tariff 1 of 0001FF00 is 00010100.
 * Null where it is in no block.
 */
export function singlePlace({ item, part, status }: Place, version: Version): Place | null {
  const found = itemOf(item, version);
  if (found === null || part === undefined || (found.shape !== 'series' && found.shape !== 'record')) return null;
  const index = found.shape === 'series' ? found.labels.indexOf(part) : labelsOf(found.parts).indexOf(part);
  const single = version === '1997' ? single1997(item, found, index) : single2007(item, found, index);
  return single === null ? null : { item: single, status };
}

function single2007(item: string, found: Item, index: number): string | null {
  const bytes = Buffer.from(item, 'hex');
  const all = bytes.lastIndexOf(ALL);
  if (index < 0 || all < 2) return null;
  bytes[all] = index + firstOf(found);
  return bytes.toString('hex').toUpperCase();
}

function single1997(item: string, found: Item, index: number): string | null {
  if (index < 0 || !item.endsWith('F')) return null;
  return item.slice(0, -1) + (index + firstOf(found)).toString(16).toUpperCase();
}

/** The digit of the first value: 0 of totals and of what is current, 1 of phases and status words. */
function firstOf(found: Item): number {
  const [first] = found.shape === 'series' ? found.labels : [];
  return first === 'total' || first === 'current' ? 0 : 1;
}

function labelsOf(parts: readonly { readonly label: string }[]): string[] {
  return parts.map(({ label }) => label);
}

/** A part of the values of such a block could be any: only all of them together can be told apart. */
export function needsAll(item: Item | null): item is Series {
  return item?.shape === 'series' && item.labelsNeedAll === true;
}
