/** From the spans of points to what a plan is made of: stretches of addresses that are read whole or not at all. */
import type { Table } from './profile.ts';
import { isBitTable, type Read } from './read.ts';

/** Where one point lies. Several points may share a span (bit fields), and spans may overlap. */
export interface Span {
  readonly key: string;
  readonly table: Table;
  readonly address: number;
  /** Registers, or bits of a coil or discrete table. At least 1; the span ends at address 65535 or below. */
  readonly count: number;
}

/** Both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly keys: readonly string[];
}

/**
 * One stretch for each distinct span of `table`, by ascending start, the longest first where starts are equal.
 * `even` widens register spans to an even start and an even count: the register next to an odd end belongs to the span.
 */
export function stretchesOf(spans: readonly Span[], table: Table, even: boolean): readonly Stretch[] {
  const grid = even && !isBitTable(table) ? 2 : 1;
  const byRange = new Map<number, Stretch & { readonly keys: string[] }>();
  for (const span of spans) {
    if (span.table !== table) continue;
    const from = span.address - (span.address % grid);
    const to = Math.ceil((span.address + span.count) / grid) * grid - 1;
    const same = byRange.get(from * 65_536 + to);
    if (same) same.keys.push(span.key);
    else byRange.set(from * 65_536 + to, { from, to, keys: [span.key] });
  }
  return [...byRange.values()].sort((a, b) => a.from - b.from || b.to - a.to);
}

/**
 * Leaves out each stretch that lies within another, which reads its points along. Takes and returns them in the order
 * of `stretchesOf`; starts and ends both ascend in the result.
 */
export function absorbContained(stretches: readonly Stretch[]): readonly Stretch[] {
  const outermost: (Stretch & { readonly keys: string[] })[] = [];
  for (const stretch of stretches) {
    const last = outermost.at(-1);
    if (last && stretch.to <= last.to) last.keys.push(...stretch.keys);
    else outermost.push({ ...stretch, keys: [...stretch.keys] });
  }
  return outermost;
}

/** The read that asks for these stretches, ascending, and at least one. */
export function readOf(table: Table, stretches: readonly Stretch[]): Read {
  const address = stretches[0]?.from ?? 0;
  const count = (stretches.at(-1)?.to ?? 0) - address + 1;
  return { table, address, count, keys: stretches.flatMap(({ keys }) => keys), stretches: stretches.length };
}
