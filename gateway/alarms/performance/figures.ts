/** The figures of an alarm system's performance (ISA-18.2, clause 16), of a stretch of the journal and of parts of it. Pure. */
import { isAnnouncement, isOnset, type AlarmEntry } from './entry.ts';
import { countIn } from './floods.ts';
import { mostWithin } from './most-within.ts';
import type { Stretch } from './stretch.ts';
import { waitsIn, type Wait } from './wait.ts';

const MINUTE_MS = 60_000;
const TEN_MINUTES_MS = 600_000;
/** So many onsets within a minute are chattering: a contact or a limit to be mended. */
const CHATTERING = 3;

/** What happened, in the order of time. */
export interface Happened {
  readonly announced: readonly AlarmEntry[];
  readonly onsets: readonly AlarmEntry[];
  readonly waits: readonly Wait[];
}

export interface Figures {
  /** How often people were told. */
  readonly alarms: number;
  readonly perTenMinutes: { readonly mean: number; readonly max: number };
  /** Those of `alarms` that came during a flood. */
  readonly inFlood: number;
  readonly chattering: readonly Chattering[];
  readonly acknowledged: number;
  readonly unacknowledged: number;
  /** Milliseconds; null where none was acknowledged. */
  readonly meanToAcknowledge: number | null;
}

export interface Chattering {
  readonly alarm: string;
  readonly onsets: number;
  readonly mostPerMinute: number;
}

/** `entries`: in the order of the journal, which a clock that was set may have put out of the order of time. */
export function happenedIn(entries: readonly AlarmEntry[]): Happened {
  const inTime = entries.toSorted((a, b) => a.at - b.at);
  return {
    announced: inTime.filter(isAnnouncement),
    onsets: inTime.filter(isOnset),
    waits: waitsIn(entries),
  };
}

type Placed = Pick<AlarmEntry, 'type' | 'source' | 'at'>;

/** `happened` apart by what `keyOf` says of each. */
export function apart<K>({ announced, onsets, waits }: Happened, keyOf: (placed: Placed) => K): Map<K, Happened> {
  const byKey = {
    announced: Map.groupBy(announced, keyOf),
    onsets: Map.groupBy(onsets, keyOf),
    waits: Map.groupBy(waits, keyOf),
  };
  // An announcement has an onset before it, but for those of what was shown again.
  const keys = new Set([...byKey.announced.keys(), ...byKey.onsets.keys()]);
  return new Map(
    [...keys].map((key) => [
      key,
      {
        announced: byKey.announced.get(key) ?? [],
        onsets: byKey.onsets.get(key) ?? [],
        waits: byKey.waits.get(key) ?? [],
      },
    ]),
  );
}

/** `floods`: those of the whole site. */
export function figuresOf(
  { announced, onsets, waits }: Happened,
  { from, to }: Stretch,
  floods: readonly Stretch[],
): Figures {
  // A clock that was set back meanwhile makes nobody quicker than at once.
  const acknowledged = waits.flatMap(({ at, ackedAt }) => (ackedAt === null ? [] : [Math.max(0, ackedAt - at)]));
  const times = announced.map(({ at }) => at);
  return {
    alarms: times.length,
    perTenMinutes: { mean: times.length / ((to - from) / TEN_MINUTES_MS), max: mostWithin(times, TEN_MINUTES_MS) },
    inFlood: countIn(floods, times),
    chattering: chatteringIn(onsets),
    acknowledged: acknowledged.length,
    unacknowledged: waits.length - acknowledged.length,
    meanToAcknowledge: meanOf(acknowledged),
  };
}

/** The worst first. */
function chatteringIn(onsets: readonly AlarmEntry[]): Chattering[] {
  return [...Map.groupBy(onsets, ({ alarm }) => alarm)]
    .map(([alarm, own]) => ({ alarm, onsets: own.length, mostPerMinute: mostPerMinute(own) }))
    .filter((found) => found.mostPerMinute >= CHATTERING)
    .sort((a, b) => b.mostPerMinute - a.mostPerMinute || b.onsets - a.onsets);
}

function mostPerMinute(onsets: readonly AlarmEntry[]): number {
  return mostWithin(
    onsets.map(({ at }) => at),
    MINUTE_MS,
  );
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
