/** Who used what, where people moved within the period. */
import type { DecimalText, MeterReading } from '../model.ts';
import type { Boundary } from './boundary.ts';
import { sumOf, type Segment } from './consumption.ts';

/** What begins or ends a part: the period itself, or people who move. */
export type Turn = 'period' | 'moveIn' | 'moveOut';

/** A part of a line. One that begins with `moveOut` is of an empty home. */
export interface Occupancy {
  readonly begins: Turn;
  readonly ends: Turn;
  readonly opening: Boundary | null;
  readonly closing: Boundary | null;
  readonly consumption: DecimalText | null;
}

/**
 * The parts in order, whose sum is the line's consumption. `segments`: in order, split at each of `moves`. None where nobody moved.
 * People who leave as others come make no part of their own between them.
 */
export function occupanciesOf(
  segments: readonly Segment[],
  moves: readonly MeterReading[],
  decimals: number,
): Occupancy[] {
  if (moves.length === 0) return [];
  const turns = new Map(moves.map(({ id, occasion }) => [id, occasion]));
  const parts: { begins: Turn; segments: Segment[] }[] = [];
  for (const segment of segments) {
    const turn = turns.get(segment.opening?.reading ?? -1) ?? null;
    const part = parts.at(-1);
    if (part === undefined || turn !== null) parts.push({ begins: turn ?? 'period', segments: [segment] });
    else part.segments.push(segment);
  }
  return parts
    .map((part, index) => ({
      begins: part.begins,
      ends: parts[index + 1]?.begins ?? ('period' as const),
      opening: part.segments[0]?.opening ?? null,
      closing: part.segments.at(-1)?.closing ?? null,
      consumption: sumOf(part.segments, decimals),
    }))
    .filter(({ opening, closing }) => !isMoment(opening, closing));
}

function isMoment(opening: Boundary | null, closing: Boundary | null): boolean {
  return opening !== null && opening.at === closing?.at && opening.value === closing.value;
}
