/**
 * A guess at the layout of a captured frame, for a person with a doubt. It rests on the units that stand in the data, never
 * on the length alone. Readings go by the layout that the meter's profile names, and never come here.
 */
import { unitsFit } from './decode-fields.ts';
import { layoutLength } from './layout.ts';
import { findItem, LAYOUT_NAMES, type LayoutName } from './layouts.ts';
import { familyOf, type Family } from './meter-types.ts';

export interface InferredLayout {
  readonly family: Family | null;
  readonly layout: LayoutName;
}

const FAMILIES: readonly Family[] = ['water', 'heat', 'gas', 'other'];

/** `data`: what follows SER. Falls back to the standard layout of T. */
export function inferLayout(di: number, meterType: number, data: Uint8Array): InferredLayout {
  return provenLayout(di, meterType, data) ?? { family: familyOf(meterType), layout: 'standard' };
}

/** `data`: what follows SER. Null where no layout has that length and such units. */
export function provenLayout(di: number, meterType: number, data: Uint8Array): InferredLayout | null {
  const family = familyOf(meterType);
  const own = LAYOUT_NAMES.map((layout) => ({ family, layout }));
  const fits = (one: InferredLayout): boolean => isProven(di, one, data);
  const ownLength = own.some((one) => hasLength(di, one, data));
  const others = ownLength ? [] : FAMILIES.map((one) => ({ family: one, layout: 'standard' as const }));
  return own.find(fits) ?? others.find(fits) ?? null;
}

function hasLength(di: number, { family, layout }: InferredLayout, data: Uint8Array): boolean {
  const fields = findItem(di, family, layout)?.fields;
  return fields !== undefined && layoutLength(fields) === data.length;
}

/** The length is right, and so is each unit; without units, no other layout has such an item. */
function isProven(di: number, one: InferredLayout, data: Uint8Array): boolean {
  const fields = findItem(di, one.family, one.layout)?.fields;
  if (fields === undefined || !hasLength(di, one, data) || !unitsFit(fields, data)) return false;
  const hasUnits = fields.some(({ type }) => type === 'measured');
  return hasUnits || one.layout === 'standard' || findItem(di, one.family, 'standard') === null;
}
