/** What one request reads: one stretch of one table, and the points that it carries. */
import type { Table } from './profile.ts';

export const TABLES = ['coil', 'discrete', 'input', 'holding'] as const satisfies readonly Table[];

/** Addresses of one table, both ends included. */
export interface Range {
  readonly table: Table;
  readonly from: number;
  readonly to: number;
}

export interface Read {
  readonly table: Table;
  readonly address: number;
  /** Registers, or bits of a coil or discrete table. */
  readonly count: number;
  /** The points that it carries. */
  readonly keys: readonly string[];
  /** How many stretches it asks for. One: a refusal is about that one, since nothing else was asked. */
  readonly stretches: number;
}

/** A profile's `limits`. */
export interface ReadLimits {
  readonly maxRegisters: number;
  readonly maxBits: number;
  /** Register reads start at an even address and have an even count. */
  readonly evenRegisters: boolean;
  /** No address is read that is not part of a wanted span, but for what `evenRegisters` adds to a span. */
  readonly noGaps: boolean;
  /** No address of these is read. */
  readonly holes: readonly Range[];
}

export function rangeOf(read: Read): Range {
  return { table: read.table, from: read.address, to: read.address + read.count - 1 };
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.table === inner.table && outer.from <= inner.from && outer.to >= inner.to;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.table === b.table && a.from <= b.to && a.to >= b.from;
}

export function sizeOf(range: { readonly from: number; readonly to: number }): number {
  return range.to - range.from + 1;
}

export function isBitTable(table: Table): boolean {
  return table === 'coil' || table === 'discrete';
}

/** The most that one read of `table` may ask for. */
export function maxCount(table: Table, limits: ReadLimits): number {
  return isBitTable(table) ? limits.maxBits : limits.maxRegisters;
}
