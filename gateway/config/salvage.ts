/** A site file with mistakes in it, less what is wrong: so that the rest can be checked in the same run. */
import { z } from 'zod';
import { busSchema } from './bus-schema.ts';
import type { Path } from './mistakes/path.ts';
import { siteSchema, type SiteFile } from './schema.ts';
import { mend } from './stand-ins.ts';

export interface Salvage {
  readonly file: SiteFile;
  /** Position in the file of each bus, device and piece of equipment that is left. */
  readonly positions: Readonly<Record<List, readonly number[]>>;
  /** Where `file` stands on values that were not written: what is said of them would be wrong. */
  readonly lost: readonly Path[];
}

type List = 'buses' | 'devices' | 'equipment';

/** A site without a bus is a mistake, and can be looked at. */
const lenientSchema = siteSchema.extend({ buses: z.array(busSchema) });

/** Null where too little is left. `raw` is not changed. An entry is left out only where nobody can say what it is. */
export function salvage(raw: unknown, issues: readonly z.core.$ZodIssue[]): Salvage | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const rest = { ...raw } as Record<string, unknown>;
  const shapeless = issues.filter(
    ({ code, path }) =>
      (path.length === 2 && code !== 'unrecognized_keys') || (path[0] === 'buses' && path[2] === 'type'),
  );
  const positions = {
    buses: keep(rest, 'buses', shapeless),
    devices: keep(rest, 'devices', shapeless),
    equipment: keep(rest, 'equipment', shapeless),
  };
  const mended = mend(lenientSchema, rest);
  if (!mended) return null;
  const isBusless = issues.some(({ path }) => path.length === 1 && path[0] === 'buses');
  return { file: mended.value, positions, lost: [...mended.lost, ...(isBusless ? [['buses']] : [])] };
}

/** The positions of a list's entries in a file without mistakes: their own. */
export function unmoved(file: SiteFile): Salvage['positions'] {
  return { buses: [...file.buses.keys()], devices: [...file.devices.keys()], equipment: [...file.equipment.keys()] };
}

function keep(rest: Record<string, unknown>, list: List, shapeless: readonly z.core.$ZodIssue[]): number[] {
  const entries = rest[list];
  if (!Array.isArray(entries)) return [];
  const bad = new Set(shapeless.filter(({ path }) => path[0] === list).map(({ path }) => path[1]));
  const kept = [...entries.keys()].filter((index) => !bad.has(index));
  rest[list] = kept.map((index): unknown => entries[index]);
  return kept;
}
