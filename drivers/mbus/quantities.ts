/** What a record can be asked for by: the quantities of the tables of value information, and what becomes of each. */
import { FB_VIFS } from './vif-fb.ts';
import { FD_FD_VIFS, FD_VIFS } from './vif-fd.ts';
import { PRIMARY_VIFS } from './vif-primary.ts';
import { fixedUnitTable } from './fixed-units.ts';
import type { VifMeaning } from './vif-row.ts';
import { COMBINABLE, COMBINABLE_EXTENSION, isQualifier } from './vife-table.ts';

export interface Quantity {
  /** In which a record of it may come; empty where it has none. */
  readonly units: readonly string[];
  /** `date`: a date, a time or both. `flags`: a number of which each bit means something. */
  readonly kind: 'number' | 'date' | 'flags';
}

/** Of VIFs that say nothing of what they measure. */
const NAMELESS: ReadonlySet<string> = new Set(['Any VIF', 'Manufacturer specific']);

/** By the name that `decode` gives it. */
export const QUANTITIES: ReadonlyMap<string, Quantity> = byName(
  [PRIMARY_VIFS, FB_VIFS, FD_VIFS, FD_FD_VIFS].flatMap((table) => [...table.values()]),
);

/** Those of the counters of fixed data. */
export const FIXED_QUANTITIES: ReadonlyMap<string, Quantity> = byName(
  fixedUnitTable().map(({ quantity, unit }) => ({ quantity, unit, coding: 'number' })),
);

/** The modifiers that make a value another one than the plain VIF. */
export const QUALIFIERS: readonly string[] = [...COMBINABLE.values(), ...COMBINABLE_EXTENSION.values()]
  .filter(isQualifier)
  .map(({ name }) => name);

function byName(meanings: readonly Pick<VifMeaning, 'quantity' | 'unit' | 'coding'>[]): Map<string, Quantity> {
  const readable = meanings.filter(({ quantity, coding }) => coding !== 'opaque' && !NAMELESS.has(quantity));
  const grouped = Map.groupBy(readable, ({ quantity }) => quantity);
  return new Map(
    [...grouped].map(([name, rows]) => [
      name,
      { units: [...new Set(rows.flatMap(({ unit }) => unit ?? []))], kind: kindOf(rows.map(({ coding }) => coding)) },
    ]),
  );
}

function kindOf(codings: readonly VifMeaning['coding'][]): Quantity['kind'] {
  if (codings.includes('date')) return 'date';
  return codings.includes('unsigned') ? 'flags' : 'number';
}
