/** Plain ways to plan reads, for the planner to be measured against. They share nothing with it but the vocabulary. */
import type { LineCost } from '../../contract.ts';
import type { Table } from '../profile.ts';
import type { ReadLimits } from '../read.ts';
import type { Span } from '../stretches.ts';

export interface Addresses {
  readonly from: number;
  readonly to: number;
}

/** What a plan is judged by, in this order. */
export interface Score {
  readonly reads: number;
  readonly bytes: number;
}

const isBits = (table: Table) => table === 'coil' || table === 'discrete';

/** The readable spans of one table as the device takes them: distinct, by ascending start, the longest first. */
export function wantedOf(spans: readonly Span[], table: Table, limits: ReadLimits): readonly Addresses[] {
  const even = limits.evenRegisters && !isBits(table);
  const max = isBits(table) ? limits.maxBits : limits.maxRegisters;
  const holes = limits.holes.filter((hole) => hole.table === table);
  const all = spans
    .filter((span) => span.table === table)
    .map(({ address, count }) => ({ from: address, to: address + count - 1 }))
    .map(({ from, to }) => (even ? { from: from & ~1, to: to | 1 } : { from, to }))
    .filter(({ from, to }) => to - from < max && !holes.some((hole) => hole.from <= to && hole.to >= from));
  return all
    .filter(({ from, to }, index) => all.findIndex((other) => other.from === from && other.to === to) === index)
    .sort((a, b) => a.from - b.from || b.to - a.to);
}

/** Judges one read address by address: within the limit, off the holes, and no stretch of unwanted addresses too dear. */
export function judgeOf(wanted: readonly Addresses[], table: Table, limits: ReadLimits, cost: LineCost) {
  const max = isBits(table) ? limits.maxBits : limits.maxRegisters;
  const taken = new Set<number>();
  for (const { from, to } of wanted) for (let address = from; address <= to; address++) taken.add(address);
  const barred = new Set<number>();
  for (const hole of limits.holes) {
    if (hole.table === table) for (let address = hole.from; address <= hole.to; address++) barred.add(address);
  }
  const furtherReadMs = cost.overheadMs + 13 * cost.byteMs;
  const addressMs = (isBits(table) ? 1 / 8 : 2) * cost.byteMs;
  return ({ from, to }: Addresses): boolean => {
    if (to - from >= max) return false;
    for (let address = from, gap = 0; address <= to; address++) {
      if (barred.has(address)) return false;
      gap = taken.has(address) ? 0 : gap + 1;
      if (gap > 0 && (limits.noGaps || gap * addressMs > furtherReadMs)) return false;
    }
    return true;
  };
}

export function scoreOf(table: Table, reads: readonly Addresses[]): Score {
  const bytes = reads.map(({ from, to }) => (isBits(table) ? Math.ceil((to - from + 1) / 8) : 2 * (to - from + 1)));
  return { reads: reads.length, bytes: bytes.reduce((sum, of) => sum + of, 0) };
}

/** Left to right: joins the next span to the read whenever that is legal, and starts a new read when it is not. */
export function greedyPlan(wanted: readonly Addresses[], isLegal: (read: Addresses) => boolean): readonly Addresses[] {
  const reads: Addresses[] = [];
  for (const span of wanted) {
    const last = reads.at(-1);
    const joined = last && { from: last.from, to: Math.max(last.to, span.to) };
    if (joined && isLegal(joined)) reads[reads.length - 1] = joined;
    else reads.push(span);
  }
  return reads;
}

/** Every way to put the spans into groups, each read from its lowest to its highest address, neighbours or not. */
export function* everyGrouping(
  wanted: readonly Addresses[],
  isLegal: (read: Addresses) => boolean,
  groups: readonly Addresses[] = [],
): Generator<readonly Addresses[]> {
  const [span, ...rest] = wanted;
  if (!span) {
    if (groups.every(isLegal)) yield groups;
    return;
  }
  for (const [index, { from, to }] of groups.entries()) {
    const joined = { from: Math.min(from, span.from), to: Math.max(to, span.to) };
    yield* everyGrouping(rest, isLegal, groups.with(index, joined));
  }
  yield* everyGrouping(rest, isLegal, [...groups, span]);
}

/** The plan that is wanted: best score, and of equals the one whose first read ends highest, then its second … */
export function bestPlan(
  table: Table,
  wanted: readonly Addresses[],
  isLegal: (read: Addresses) => boolean,
): readonly Addresses[] {
  let best: readonly Addresses[] | undefined;
  for (const grouping of everyGrouping(wanted, isLegal)) {
    const plan = grouping.toSorted((a, b) => a.from - b.from || a.to - b.to);
    if (!best || compare(table, plan, best) < 0) best = plan;
  }
  return best ?? [];
}

function compare(table: Table, a: readonly Addresses[], b: readonly Addresses[]): number {
  const [left, right] = [scoreOf(table, a), scoreOf(table, b)];
  const differing = a.findIndex((read, index) => read.to !== b[index]?.to);
  const order = differing < 0 ? 0 : (b[differing]?.to ?? 0) - (a[differing]?.to ?? 0);
  return left.reads - right.reads || left.bytes - right.bytes || order;
}
