/** What became of alarms in a stretch of the journal: their occurrences, each with its story in short. Pure. */
import { entryOf, isAnnouncement } from '../../alarms/performance/entry.ts';
import { waitsIn } from '../../alarms/performance/wait.ts';
import type { EventRow } from '../../store/rows.ts';

export interface OccurrenceStep {
  /** Unix milliseconds. */
  readonly at: number;
  /** An AlarmEventType. */
  readonly type: string;
  readonly by: string | null;
  readonly note: string | null;
}

export interface Occurrence {
  readonly alarm: string;
  readonly type: string;
  readonly source: string;
  readonly occurrenceId: string | null;
  readonly priority: number;
  readonly drill: boolean;
  /** Unix milliseconds; null where its first raise is not among the events. */
  readonly began: number | null;
  readonly times: number;
  readonly level: number;
  /** Its beginning, what people did, and when its condition was last gone. */
  readonly steps: readonly OccurrenceStep[];
  /** Milliseconds, the longest that it waited until somebody acknowledged it; null where nobody has. */
  readonly wait: number | null;
  readonly isWaiting: boolean;
}

/** A contact that chatters must not fill the sheet. */
const MOST_STEPS = 50;

/** The events of each occurrence, in the order of the journal. `events`: of the domain `alarm`. What never was raised is by its alarm. */
export function byOccurrence(events: readonly EventRow[]): Map<string, EventRow[]> {
  return Map.groupBy(events, ({ data }) => textOf(data['occurrenceId']) ?? textOf(data['alarm']) ?? '');
}

/** Whether people were told of it in these events, or one of them did something about it. */
export function concernsPeople(events: readonly EventRow[]): boolean {
  return events.some((event) => byOf(event) !== null || isAnnouncement(entryOf(event)));
}

/** Whether its beginning is among its events. */
export function isWhole(events: readonly EventRow[]): boolean {
  return events.some(isBeginning);
}

/** `events`: all that are known of one occurrence, oldest first; at least one. */
export function occurrenceOf(events: readonly [EventRow, ...EventRow[]]): Occurrence {
  const [first] = events;
  const last = events.at(-1) ?? first;
  const { alarm, alarmType, occurrenceId, priority } = last.data;
  const numbers = (key: string): number[] => events.map(({ data }) => Number(data[key] ?? 0));
  const waits = waitsIn(events.map(entryOf));
  const over = waits.flatMap(({ at, ackedAt }) => (ackedAt === null ? [] : [Math.max(0, ackedAt - at)]));
  return {
    ...{ alarm: String(alarm), type: String(alarmType), source: last.source, occurrenceId: textOf(occurrenceId) },
    ...{ priority: Number(priority), drill: last.data['drill'] === true },
    began: events.find(isBeginning)?.at ?? null,
    times: Math.max(...numbers('count')),
    level: Math.max(...numbers('escalation')),
    steps: stepsOf(events),
    wait: over.length === 0 ? null : Math.max(...over),
    isWaiting: waits.some(({ ackedAt }) => ackedAt === null),
  };
}

function stepsOf(events: readonly EventRow[]): OccurrenceStep[] {
  const lastClear = events.findLast(({ type }) => type === 'clear');
  const told = events.filter((event) => isBeginning(event) || byOf(event) !== null || event === lastClear);
  return told.slice(-MOST_STEPS).map((event) => {
    const { type, at, data } = event;
    return { at, type, by: byOf(event), note: textOf(data['note']) };
  });
}

function isBeginning({ type, data }: EventRow): boolean {
  return type === 'raise' && data['count'] === 1;
}

function byOf({ data }: EventRow): string | null {
  return textOf(data['by']);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
