/** Where a plan is cut to find out why a read was refused. */
import type { Table } from './profile.ts';
import type { Range } from './read.ts';
import { isExhausted, isParted, type ReadKnowledge, type Suspect } from './read-knowledge.ts';
import type { Stretch } from './stretches.ts';

export interface Bisection {
  /** No read runs from the stretch before such an index to the stretch at it. */
  readonly cuts: ReadonlySet<number>;
  /** No read contains one of these. */
  readonly refused: readonly Range[];
}

/**
 * What the suspects of `table` ask of a plan over `stretches` (ascending, none within another). A suspect is read in
 * parts that nothing else may join, so that each answer is about the suspect alone: first in two halves; once both have
 * been answered, by the step between them; and once that has been answered too, whole again. A suspect has to wait, and
 * then all that holds is that no read may contain it, while another one has some of its stretches, and when these
 * stretches do not make it up, because it comes from another set of points.
 */
export function bisectionOf(
  stretches: readonly Stretch[],
  table: Table,
  { suspects, untried }: Pick<ReadKnowledge, 'suspects' | 'untried'>,
): Bisection {
  const cuts = new Set<number>();
  const refused: Range[] = [];
  const taken: { readonly first: number; readonly last: number }[] = [];
  for (const suspect of suspects) {
    if (suspect.table !== table) continue;
    const first = stretches.findIndex(({ from }) => from === suspect.from);
    const last = stretches.findIndex(({ to }) => to === suspect.to);
    const waits = first < 0 || last < 0 || taken.some((other) => other.first <= last && other.last >= first);
    const asksWhole = !waits && (isExhausted(suspect) || (isParted(suspect) && last - first === 1));
    if (!asksWhole) refused.push(suspect);
    if (waits) continue;
    taken.push({ first, last });
    for (const cut of [first, ...cutsWithin(stretches, first, last, suspect), last + 1]) cuts.add(cut);
  }
  for (const part of untried) {
    if (part.table !== table) continue;
    const first = stretches.findIndex(({ from }) => from >= part.from);
    const last = stretches.findLastIndex(({ to }) => to <= part.to);
    if (first >= 0 && first <= last) cuts.add(first).add(last + 1);
  }
  return { cuts, refused };
}

function cutsWithin(stretches: readonly Stretch[], first: number, last: number, suspect: Suspect): readonly number[] {
  if (isExhausted(suspect)) return [];
  const inside = stretches.slice(first, last + 1);
  // The last stretch that is proven from below, and the first one that is proven from above.
  const below = first + inside.findLastIndex(({ to }) => to <= suspect.low);
  const proven = inside.findIndex(({ from }) => from >= suspect.high);
  const above = proven < 0 ? last + 1 : first + proven;
  if (below < first && above > last) return [middleOf(stretches, first, last)];
  if (above > last) return [below + 1];
  if (below < first) return [above];
  // Between the two there is something only if other points were wanted when the answers came.
  return above - below > 1 ? [(below + above + 2) >> 1] : [below, above + 1];
}

/** Of the gaps the median one, since gaps are what devices refuse most; without gaps the median boundary. */
function middleOf(stretches: readonly Stretch[], first: number, last: number): number {
  const boundaries = Array.from({ length: last - first }, (_, offset) => first + 1 + offset);
  const gaps = boundaries.filter((index) => (stretches[index]?.from ?? 0) - (stretches[index - 1]?.to ?? 0) > 1);
  const candidates = gaps.length > 0 ? gaps : boundaries;
  return candidates[(candidates.length - 1) >> 1] ?? last;
}
