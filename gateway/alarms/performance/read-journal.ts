/** Reads a stretch of the journal without holding the event loop: a page at a time, and everybody else between two. */
import { setImmediate as turn } from 'node:timers/promises';
import type { EventRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import type { AlarmEntry } from './entry.ts';
import { FLOOD_DOMAIN } from './flood-watch.ts';
import { floodsOf } from './floods.ts';
import type { Stretch } from './stretch.ts';

type Journal = Pick<Store['events'], 'list' | 'firstSince'>;

const PAGE = 1_000;
/** What happened while the store was full was recorded later; by more than this, it is left out. */
const LATE_MS = 3_600_000;
/** In a month there are fewer: a flood lasts ten minutes and more. */
const MOST_FLOODS = 10_000;

/** What the figures of a stretch are made of, in its order, without drills. */
export function entriesIn(
  { events, transitions }: Pick<Store, 'events' | 'transitions'>,
  stretch: Stretch,
): Promise<AlarmEntry[]> {
  return inStretch(events, stretch, (after) => transitions.list({ after, limit: PAGE }));
}

/** The alarm events of a stretch as the journal has them, and drills too: more to keep in memory. */
export function alarmEventsIn(events: Journal, stretch: Stretch): Promise<EventRow[]> {
  return inStretch(events, stretch, (after) => events.list({ after, domain: 'alarm', limit: PAGE }));
}

async function inStretch<T extends Pick<EventRow, 'seq' | 'at' | 'recordedAt'>>(
  events: Journal,
  { from, to }: Stretch,
  pageAfter: (seq: number) => T[],
): Promise<T[]> {
  const rows: T[] = [];
  for (let after = events.firstSince(from) - 1; ;) {
    const page = pageAfter(after);
    rows.push(...page.filter(({ at }) => from <= at && at < to));
    const last = page.at(-1);
    if (!last || page.length < PAGE || last.recordedAt >= to + LATE_MS) return rows;
    after = last.seq;
    await turn();
  }
}

/** The floods that a stretch touches, oldest first. */
export function floodsIn(journal: Journal, { from, to }: Stretch): Stretch[] {
  const first = journal.firstSince(from);
  const before = journal.list({ before: first, domain: FLOOD_DOMAIN, limit: 1 });
  const since = journal.list({ after: first - 1, domain: FLOOD_DOMAIN, limit: MOST_FLOODS });
  return floodsOf([...before, ...since]).filter((flood) => flood.from < to && flood.to > from);
}
