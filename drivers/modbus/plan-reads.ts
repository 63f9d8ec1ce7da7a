/** Decides the requests that read a device's points. docs/decisions/0003-read-planner.md has the reasoning. */
import type { LineCost } from '../contract.ts';
import { holeBarriers, nearestBarrier, refusalBarriers } from './barrier.ts';
import { bisectionOf } from './bisection.ts';
import type { Table } from './profile.ts';
import { isBitTable, maxCount, TABLES, type Read, type ReadLimits } from './read.ts';
import { NOTHING_KNOWN, type ReadKnowledge } from './read-knowledge.ts';
import { siftReadable, type Unreadable } from './readability.ts';
import { runsOf } from './row.ts';
import { absorbContained, readOf, type Span, type Stretch } from './stretches.ts';

export interface ReadPlan {
  /** By table in the order of `TABLES`, then by address. Each readable point is in exactly one of them. */
  readonly reads: readonly Read[];
  /** Every other point is in exactly one of these. */
  readonly unreadable: readonly Unreadable[];
}

/** RTU frames without the data. MODBUS Application Protocol V1.1b3, 6.1 to 6.4; over Serial Line V1.02, 2.5.1. */
const FRAME_BYTES = { request: 8, reply: 5 };

/** Time that a read takes on its line, as RTU, in milliseconds. */
export function readCostMs(read: Read, cost: LineCost): number {
  return emptyReadMs(cost) + dataBytes(read.table, read.count) * cost.byteMs;
}

/**
 * The fewest reads that carry every readable point, respect `limits` and what the device has taught, and cross no gap
 * that costs the line more than a further request. Of those plans the cheapest, which is the one with the fewest bytes;
 * of those the one whose first read is longest, then whose second is, and so on.
 */
export function planReads(
  spans: readonly Span[],
  limits: ReadLimits,
  cost: LineCost,
  knowledge: ReadKnowledge = NOTHING_KNOWN,
): ReadPlan {
  const plans = TABLES.map((table) => planTable(table, spans, limits, cost, knowledge));
  return { reads: plans.flatMap(({ reads }) => reads), unreadable: plans.flatMap(({ unreadable }) => unreadable) };
}

function planTable(
  table: Table,
  spans: readonly Span[],
  limits: ReadLimits,
  cost: LineCost,
  knowledge: ReadKnowledge,
): ReadPlan {
  const { readable, unreadable } = siftReadable(table, spans, limits, knowledge);
  const stretches = absorbContained(readable);
  const { cuts, refused } = bisectionOf(stretches, table, knowledge);
  const widest = limits.noGaps ? 0 : widestGap(table, cost);
  const row = {
    stretches,
    joined: stretches.map((stretch, index) => !cuts.has(index) && gapBefore(stretch, stretches[index - 1]) <= widest),
    barrier: nearestBarrier([
      ...holeBarriers(table, limits.holes),
      ...refusalBarriers(table, [...knowledge.missing, ...knowledge.seams, ...refused]),
    ]),
    max: maxCount(table, limits),
    bytes: (count: number) => dataBytes(table, count),
  };
  const runs = runsOf(row, knowledge.lengths[table] ?? { answered: 0 });
  return { reads: runs.map(({ first, last }) => readOf(table, stretches.slice(first, last + 1))), unreadable };
}

/** Addresses between a stretch and the one before it; none or fewer where they touch or overlap. */
function gapBefore(stretch: Stretch, previous: Stretch | undefined): number {
  return previous ? stretch.from - previous.to - 1 : Infinity;
}

/** The widest gap, in addresses, that is not dearer to read than a further request. */
function widestGap(table: Table, cost: LineCost): number {
  const addressMs = (isBitTable(table) ? 1 / 8 : 2) * cost.byteMs;
  return addressMs === 0 ? Infinity : emptyReadMs(cost) / addressMs;
}

function emptyReadMs(cost: LineCost): number {
  return cost.overheadMs + (FRAME_BYTES.request + FRAME_BYTES.reply) * cost.byteMs;
}

function dataBytes(table: Table, count: number): number {
  return isBitTable(table) ? Math.ceil(count / 8) : 2 * count;
}
