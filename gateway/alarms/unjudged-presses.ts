/**
 * Presses that the filter of a lift held back when the gateway stopped: what the car did then, nobody saw, and so they are
 * announced (EN 81-28:2018, 4.1.4: no alarm is lost while the power is switched or fails).
 */
import type { EventRow } from '../store/rows.ts';
import type { EventQuery } from '../store/tables/events.ts';
import { DOMAIN, FILTERED, HELD_BACK } from './press-news.ts';

interface Journal {
  readonly list: (query: EventQuery) => readonly EventRow[];
}

/** Every lift's last press is among so many rows: one that waits, waits for a minute or two. */
const FAR_ENOUGH_BACK = 1_000;

/** Keys of the alarms. To be asked before anything new is recorded. */
export function unjudgedPresses(journal: Journal): string[] {
  const latest = new Map<string, EventRow>();
  for (const event of journal.list({ domain: DOMAIN, limit: FAR_ENOUGH_BACK })) {
    const { alarm } = event.data;
    const isOfFilter = event.type === HELD_BACK || event.type === FILTERED;
    if (isOfFilter && typeof alarm === 'string' && !latest.has(alarm)) latest.set(alarm, event);
  }
  return [...latest].filter(([alarm, event]) => isUnjudged(journal, alarm, event)).map(([alarm]) => alarm);
}

function isUnjudged(journal: Journal, alarm: string, { type, seq, source }: EventRow): boolean {
  if (type !== HELD_BACK) return false;
  const since = journal.list({ after: seq, domain: 'alarm', source, limit: FAR_ENOUGH_BACK });
  return !since.some(
    (event) => event.data['alarm'] === alarm && event.type === 'raise' && event.data['drill'] !== true,
  );
}
