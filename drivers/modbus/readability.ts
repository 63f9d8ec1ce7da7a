/** Which points can be read at all. */
import { holeBarriers, nearestBarrier, refusalBarriers } from './barrier.ts';
import type { Table } from './profile.ts';
import { maxCount, sizeOf, type Read, type ReadLimits } from './read.ts';
import type { ReadKnowledge } from './read-knowledge.ts';
import { readOf, stretchesOf, type Span, type Stretch } from './stretches.ts';

export interface Unreadable {
  /** `length`: longer than the limit. `hole`: touches a hole of the profile. `refused`: learned from the device. */
  readonly reason: 'length' | 'hole' | 'refused';
  /** Asks for it alone. To be sent now and then if `refused`, in case the device has been mended; otherwise never. */
  readonly read: Read;
}

export interface Readability {
  /** In the order of `stretchesOf`. */
  readonly readable: readonly Stretch[];
  readonly unreadable: readonly Unreadable[];
}

export function siftReadable(
  table: Table,
  spans: readonly Span[],
  limits: ReadLimits,
  knowledge: ReadKnowledge,
): Readability {
  const max = maxCount(table, limits);
  const holeAfter = nearestBarrier(holeBarriers(table, limits.holes));
  const { missing, seams, suspects } = knowledge;
  const refusedAfter = nearestBarrier(refusalBarriers(table, [...missing, ...seams, ...suspects]));
  const readable: Stretch[] = [];
  const unreadable: Unreadable[] = [];
  for (const stretch of stretchesOf(spans, table, limits.evenRegisters)) {
    const read = readOf(table, [stretch]);
    if (sizeOf(stretch) > max) unreadable.push({ reason: 'length', read });
    else if (stretch.to >= holeAfter(stretch.from)) unreadable.push({ reason: 'hole', read });
    else if (stretch.to >= refusedAfter(stretch.from)) unreadable.push({ reason: 'refused', read });
    else readable.push(stretch);
  }
  return { readable, unreadable };
}
