/** What a store stands for: the retained states that a broker must have of it, and the mirror that a consumer must hold. */
import { createHash } from 'node:crypto';
import type { AlarmRow } from '../../store/rows.ts';
import type { Stored } from './stored.ts';

/** The retained states below `alarm/` that a store stands for, by topic, and the head without its time. */
export function statesOf({ epoch, alarms, events }: Stored): Record<string, unknown> {
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  const states = alarms.map((row) => {
    const times = { raisedAt: iso(row.raisedAt), ackedAt: iso(row.ackedAt), clearedAt: iso(row.clearedAt) };
    const latest = { announcedAt: iso(row.announcedAt), changedAt: iso(row.changedAt) };
    return [`state/${row.alarm}`, { ...row, epoch, ...times, ...latest }] as const;
  });
  const seq = events.findLast(({ domain }) => domain === 'alarm')?.seq ?? 0;
  const nonNormal = alarms.filter(({ letter }) => letter !== 'A');
  const head = { epoch, seq, nonNormal: nonNormal.length, stateHash: stateHashOf(nonNormal) };
  return { ...Object.fromEntries(states), head };
}

/** docs/topics.md: the first 8 bytes of SHA-256 of `{alarm} {rev} {letter}`, of all that are not normal, by XOR. */
function stateHashOf(alarms: readonly AlarmRow[]): string {
  const hashes = alarms.map(({ alarm, rev, letter }) =>
    createHash('sha256').update(`${alarm} ${rev} ${letter}`).digest().readBigUInt64BE(),
  );
  return hashes
    .reduce((all, each) => all ^ each, 0n)
    .toString(16)
    .padStart(16, '0');
}

/** What a consumer's mirror says of itself. */
export interface MirrorSaid {
  readonly distrust: string | null;
  readonly epoch: number | null;
  readonly seq: number;
  readonly nonNormal: number;
  readonly stateHash: string;
  readonly alarms: readonly {
    readonly alarm: string;
    readonly letter: string;
    readonly rev: number;
    readonly state: Readonly<Record<string, unknown>> | null;
  }[];
}

/** What can be compared of a mirror: the states that are not normal by their alarms, and those that it wrongly takes for normal. */
interface Compared {
  readonly distrust: string | null;
  readonly head: unknown;
  readonly abnormal: readonly unknown[];
  readonly normal: readonly unknown[];
}

/** What a mirror must be: trusted, with the head of the store's states and each state that is not normal in full. */
export function wantedMirror(stored: Stored): Compared {
  const { head, ...states } = statesOf(stored);
  const abnormal = stored.alarms.filter(({ letter }) => letter !== 'A').map(({ alarm }) => states[`state/${alarm}`]);
  return { distrust: null, head, abnormal, normal: [] };
}

/** What it is. */
export function shownMirror(
  { distrust, epoch, seq, nonNormal, stateHash, alarms }: MirrorSaid,
  stored: Stored,
): Compared {
  const abnormal = alarms.filter(({ letter }) => letter !== 'A').toSorted((a, b) => (a.alarm < b.alarm ? -1 : 1));
  const revs = new Map(stored.alarms.map(({ alarm, letter, rev }) => [alarm, `${letter} ${rev}`]));
  const wrong = alarms.filter(({ alarm, letter, rev }) => letter === 'A' && revs.get(alarm) !== `A ${rev}`);
  const head = { epoch, seq, nonNormal, stateHash };
  return { distrust, head, abnormal: abnormal.map(({ state }) => state), normal: wrong };
}
