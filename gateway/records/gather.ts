/** Reads what the report of an occurrence is made of, a page at a time, and lets everybody else have their turn between two. */
import { setImmediate as turn } from 'node:timers/promises';
import type { OccurrenceRow } from '../store/occurrence.ts';
import type { EventRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { RelatedEvent } from './incident-report.ts';

type Journal = Pick<Store['events'], 'list' | 'firstSince'>;

const PAGE = 1_000;
/** Of what others did about it: an alarm may stand for months. */
const LOOKED_AT = 20_000;
const DAY_MS = 86_400_000;
export const AROUND_MS = 300_000;

/** Every event of the occurrence, oldest first: those too that the journal has no more. */
export async function eventsOf(
  { events, occurrences }: Pick<Store, 'events' | 'occurrences'>,
  row: OccurrenceRow,
): Promise<Omit<EventRow, 'id' | 'epoch'>[]> {
  const found = occurrences.keptEvents(row);
  for (let after = found.at(-1)?.seq ?? row.seq - 1; after < row.lastSeq;) {
    const page = events.list({ after, domain: 'alarm', source: row.source, limit: PAGE });
    const own = page.filter(({ seq, data }) => seq <= row.lastSeq && data['occurrenceId'] === row.occurrenceId);
    found.push(...own);
    const last = page.at(-1);
    if (!last) break;
    after = last.seq;
    await turn();
  }
  return found;
}

/** Of one day from its beginning. `isWhole`: false where there was more than is looked at. */
export async function relatedTo(
  journal: Journal,
  { alarm, occurrenceId, beganAt, closedAt }: OccurrenceRow,
  now: number,
): Promise<{ readonly events: RelatedEvent[]; readonly isWhole: boolean }> {
  const end = (closedAt ?? now) + AROUND_MS;
  const until = Math.min(end, beganAt + DAY_MS);
  const names = (event: EventRow): boolean =>
    event.domain !== 'alarm' && [alarm, occurrenceId].some((name) => Object.values(event.data).includes(name));
  const found: RelatedEvent[] = [];
  let after = journal.firstSince(beganAt - AROUND_MS) - 1;
  for (let read = 0; read < LOOKED_AT;) {
    const page = journal.list({ after, limit: PAGE });
    found.push(...page.filter((event) => event.recordedAt <= until && names(event)));
    const last = page.at(-1);
    if (!last || page.length < PAGE || last.recordedAt > until) return { events: found, isWhole: until === end };
    read += page.length;
    after = last.seq;
    await turn();
  }
  return { events: found, isWhole: false };
}

/** Those that began within five minutes of it, oldest first. */
export function neighboursOf(occurrences: Store['occurrences'], { seq, beganAt }: OccurrenceRow): OccurrenceRow[] {
  const around = { from: beganAt - AROUND_MS, to: beganAt + AROUND_MS + 1 };
  return occurrences
    .list({ ...around, limit: PAGE })
    .filter((other) => other.seq !== seq)
    .reverse();
}

/** The silences of a device, or of its bus, while it lasted; oldest first. */
export function silencesOf(
  occurrences: Store['occurrences'],
  { seq, beganAt, closedAt }: OccurrenceRow,
  places: readonly string[],
  now: number,
): OccurrenceRow[] {
  const to = (closedAt ?? now) + 1;
  return occurrences
    .list({ sources: places, to, limit: PAGE })
    .filter((other) => SILENCES.includes(other.type) && other.seq !== seq && !other.drill)
    .filter(({ endedAt }) => (endedAt ?? Infinity) >= beganAt - AROUND_MS)
    .reverse();
}

const SILENCES: readonly string[] = ['device.offline', 'bus.offline'];
