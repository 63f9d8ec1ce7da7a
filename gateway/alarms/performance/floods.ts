/** Floods as the journal has them. Pure. */
import type { EventRow } from '../../store/rows.ts';
import type { Stretch } from './stretch.ts';

/** `events`: of FLOOD_DOMAIN, oldest first. The last one may still be on: its `to` is then Infinity. */
export function floodsOf(events: readonly Pick<EventRow, 'type' | 'at'>[]): Stretch[] {
  const floods: Stretch[] = [];
  let from: number | null = null;
  for (const { type, at } of events) {
    if (type === 'began') from ??= at;
    else if (from !== null) {
      floods.push({ from, to: at });
      from = null;
    }
  }
  return from === null ? floods : [...floods, { from, to: Infinity }];
}

/** What of them lies in a stretch, in milliseconds. */
export function overlapOf(floods: readonly Stretch[], { from, to }: Stretch): number {
  return floods.reduce((sum, flood) => sum + Math.max(0, Math.min(flood.to, to) - Math.max(flood.from, from)), 0);
}

/** How many of `times`, which are in their order, lie in floods: each once, whatever a clock that was set has made of them. */
export function countIn(floods: readonly Stretch[], times: readonly number[]): number {
  const inOrder = floods.toSorted((a, b) => a.from - b.from);
  let next = 0;
  let until = -Infinity;
  let count = 0;
  for (const at of times) {
    for (let flood = inOrder[next]; flood && flood.from <= at; flood = inOrder[next]) {
      until = Math.max(until, flood.to);
      next += 1;
    }
    if (at < until) count += 1;
  }
  return count;
}
