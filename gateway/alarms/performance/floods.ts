/** Floods as the journal has them. Pure. */
import type { EventRow } from '../../store/rows.ts';
import type { Stretch } from './figures.ts';

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
