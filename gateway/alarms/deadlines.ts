/**
 * What time alone does to an alarm: what nobody has acknowledged escalates, what was acknowledged and stays active is announced
 * again, what was shelved comes back, a drill ends. Pure. Marks are monotonic milliseconds, so that a clock that is set does not move them;
 * only a restart goes by the times of the row.
 */
import type { AlarmChange, AlarmRow } from '../store/rows.ts';
import { isHidden } from './letters.ts';
import type { AlarmSettings } from './rule-file.ts';
import { longestShelfMs } from './shelving-limits.ts';

export interface Marks {
  readonly announced: number;
  readonly acknowledged: number;
  readonly shelvedUntil: number;
  readonly drillEnds: number;
}

/** Both clocks at one moment: `now` is monotonic, `at` is Unix milliseconds. */
export interface Moment {
  readonly now: number;
  readonly at: number;
}

export interface Deadline {
  readonly due: number;
  readonly type: 'escalate' | 'reAlarm' | 'unshelve' | 'endDrill';
}

type Settings = Pick<AlarmSettings, 'escalationS' | 'reAlarmS' | 'shelvable' | 'maxShelveS'>;

export const LONGEST_DRILL_MS = 3_600_000;

/** After a start. A clock that was set back meanwhile neither lengthens a wait beyond its whole nor shelves for ever. */
export function marksFromRow(row: AlarmRow, settings: Settings | null, { now, at }: Moment): Marks {
  const ago = (when: number | null): number => now - Math.max(0, at - (when ?? row.changedAt));
  const remaining = Math.max(0, (row.shelving?.until ?? at) - at);
  return {
    announced: ago(row.announcedAt ?? row.raisedAt),
    acknowledged: ago(row.ackedAt),
    shelvedUntil: now + Math.min(remaining, longestShelfMs(row, settings)),
    drillEnds: now + Math.min(Math.max(0, (row.drillEndsAt ?? at) - at), LONGEST_DRILL_MS),
  };
}

export function marksAfter(marks: Marks, before: AlarmRow, { type, at, after }: AlarmChange, now: number): Marks {
  const isShown = isHidden(before) && !isHidden(after) && !after.acked;
  const isAnnounced = type === 'raise' || type === 'reAlarm' || isShown;
  return {
    announced: isAnnounced ? now : marks.announced,
    acknowledged: type === 'ack' ? now : marks.acknowledged,
    shelvedUntil: type === 'shelve' && after.shelving ? now + after.shelving.until - at : marks.shelvedUntil,
    drillEnds: type === 'raise' && after.drillEndsAt !== null ? now + after.drillEndsAt - at : marks.drillEnds,
  };
}

/** The next thing that time does; null while nothing is waited for. */
export function deadlineOf(row: AlarmRow, settings: Settings | null, marks: Marks): Deadline | null {
  const usual = usualDeadline(row, settings, marks);
  if (row.drillEndsAt === null || !row.active) return usual;
  return usual !== null && usual.due < marks.drillEnds ? usual : { due: marks.drillEnds, type: 'endDrill' };
}

function usualDeadline(row: AlarmRow, settings: Settings | null, marks: Marks): Deadline | null {
  if (row.shelved) return { due: marks.shelvedUntil, type: 'unshelve' };
  if (isHidden(row)) return null;
  const { escalationS = [], reAlarmS = null } = settings ?? {};
  const level = escalationS[row.escalation];
  if (!row.acked && level !== undefined) return { due: marks.announced + level * 1000, type: 'escalate' };
  if (row.acked && row.active && reAlarmS !== null)
    return { due: marks.acknowledged + reAlarmS * 1000, type: 'reAlarm' };
  return null;
}
