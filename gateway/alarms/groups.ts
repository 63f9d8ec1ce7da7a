/**
 * What is not normal, as a guard can take it in while thousands of alarms come at once: at most ten lines. An alarm that explains
 * others is a line of its own with what it hides; the rest go by type and place, and where that makes too many lines, by less.
 * Pure.
 */
import type { AlarmRow } from '../store/rows.ts';
import { isHidden } from './letters.ts';

const MOST_LINES = 10;

export interface AlarmLine {
  /** Of its alarms the one that was announced first: where to look for the cause. */
  readonly firstOut: AlarmRow;
  /** What people have to deal with. */
  readonly alarms: readonly AlarmRow[];
  /** What these hide. */
  readonly explains: readonly AlarmRow[];
  /** The most urgent of its alarms. */
  readonly priority: number;
}

export interface Grouping {
  /** How finely the lines tell alarms apart. */
  readonly by: GroupedBy;
  /** The most urgent first, then by the newest announcement. */
  readonly lines: readonly AlarmLine[];
  /** Hidden alarms that no line has: shelved, out of service, or explained by what is itself hidden or just gone. */
  readonly hidden: readonly AlarmRow[];
}

/** `cause`: by what explains others, then by type and place. `priority`: those of priority 1 by type, where ten lines allow it. */
export type GroupedBy = 'cause' | 'type' | 'priority';

type KeyOf = (row: AlarmRow) => string;

/** `rows`: all that are not normal. `placeOf`: where a source is. */
export function groupAlarms(rows: readonly AlarmRow[], placeOf: (source: string) => string): Grouping {
  const shown = rows.filter((row) => !isHidden(row));
  const hidden = Map.groupBy(rows.filter(isHidden), causeAmong(shown));
  const byCause: KeyOf = (row) => (hidden.has(row.alarm) ? row.alarm : JSON.stringify([row.type, placeOf(row.source)]));
  const ways: readonly (readonly [GroupedBy, KeyOf])[] = [
    ['cause', byCause],
    ['type', ({ type }) => type],
    ['priority', ({ priority, type }) => (priority === 1 ? type : String(priority))],
  ];
  const coarsest = { by: 'priority' as const, groups: Map.groupBy(shown, ({ priority }) => String(priority)) };
  const { by, groups } =
    ways
      .map(([way, keyOf]) => ({ by: way, groups: Map.groupBy(shown, keyOf) }))
      .find((grouping) => grouping.groups.size <= MOST_LINES) ?? coarsest;
  const lines = [...groups.values()].map((alarms) => lineOf(alarms, hidden));
  return { by, lines: lines.sort(byUrgency), hidden: hidden.get(null) ?? [] };
}

/** The shown alarm that explains a hidden one, of several the one that was announced first; null where none does. */
function causeAmong(shown: readonly AlarmRow[]): (row: AlarmRow) => string | null {
  const byKey = new Map(shown.map((row) => [row.alarm, row]));
  return ({ suppressedBy }) => {
    const causes = suppressedBy.map((cause) => byKey.get(cause)).filter((row) => row !== undefined);
    return firstOf(causes)?.alarm ?? null;
  };
}

function lineOf(alarms: readonly AlarmRow[], hidden: ReadonlyMap<string | null, readonly AlarmRow[]>): AlarmLine {
  const firstOut = firstOf(alarms);
  if (!firstOut) throw new Error('a line without alarms');
  return {
    firstOut,
    alarms,
    explains: alarms.flatMap(({ alarm }) => hidden.get(alarm) ?? []),
    priority: alarms.reduce((least, { priority }) => Math.min(least, priority), firstOut.priority),
  };
}

function firstOf(rows: readonly AlarmRow[]): AlarmRow | undefined {
  return rows.reduce<AlarmRow | undefined>(
    (first, row) => (first && announcedAt(first) <= announcedAt(row) ? first : row),
    undefined,
  );
}

function byUrgency(a: AlarmLine, b: AlarmLine): number {
  return a.priority - b.priority || newestOf(b) - newestOf(a);
}

function newestOf({ alarms }: AlarmLine): number {
  return alarms.reduce((newest, row) => Math.max(newest, announcedAt(row)), 0);
}

/** Rows of older versions do not say when they were announced. */
function announcedAt({ announcedAt: at, raisedAt, changedAt }: AlarmRow): number {
  return at ?? raisedAt ?? changedAt;
}
