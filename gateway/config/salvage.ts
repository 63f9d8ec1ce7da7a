/** A site file with mistakes in it, less the parts that have them: so that the rest can be checked in the same run. */
import type { z } from 'zod';
import { valueAt } from './mistakes/path.ts';
import { siteSchema, type SiteFile } from './schema.ts';

export interface Salvage {
  readonly file: SiteFile;
  /** Position in the file of each bus, device and piece of equipment that is left. */
  readonly positions: Readonly<Record<List, readonly number[]>>;
  /** Sections that are left out and stand on their defaults: what is said of them would be wrong. */
  readonly lost: ReadonlySet<string>;
}

const LISTS = ['buses', 'devices', 'equipment'] as const;
type List = (typeof LISTS)[number];

/** Null where too little is left. `raw` is not changed. */
export function salvage(raw: unknown, issues: readonly z.core.$ZodIssue[]): Salvage | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const rest = structuredClone(raw) as Record<string, unknown>;
  const lost = new Set<string>();
  const bad: Record<List, Set<number>> = { buses: new Set(), devices: new Set(), equipment: new Set() };
  for (const issue of issues) {
    const [section, index] = issue.path;
    if (issue.code === 'unrecognized_keys') removeKeys(valueAt(rest, issue.path), issue.keys);
    else if (isList(section) && typeof index === 'number') bad[section].add(index);
    else if (typeof section === 'string') lost.add(section);
  }
  for (const section of lost) Reflect.deleteProperty(rest, section);
  if (lost.has('site')) rest['site'] = { id: 'unreadable', nameZh: '?' };
  const positions = {
    buses: keep(rest, 'buses', bad),
    devices: keep(rest, 'devices', bad),
    equipment: keep(rest, 'equipment', bad),
  };
  const result = siteSchema.safeParse(rest);
  return result.success ? { file: result.data, positions, lost } : null;
}

/** The positions of a list's entries in a file without mistakes: their own. */
export function unmoved(file: SiteFile): Salvage['positions'] {
  return { buses: [...file.buses.keys()], devices: [...file.devices.keys()], equipment: [...file.equipment.keys()] };
}

function keep(rest: Record<string, unknown>, list: List, bad: Record<List, ReadonlySet<number>>): number[] {
  const entries = rest[list];
  if (!Array.isArray(entries)) return [];
  const kept = [...entries.keys()].filter((index) => !bad[list].has(index));
  rest[list] = kept.map((index): unknown => entries[index]);
  return kept;
}

function removeKeys(map: unknown, keys: readonly string[]): void {
  if (typeof map !== 'object' || map === null) return;
  for (const key of keys) Reflect.deleteProperty(map, key);
}

function isList(section: PropertyKey | undefined): section is List {
  return LISTS.some((list) => list === section);
}
