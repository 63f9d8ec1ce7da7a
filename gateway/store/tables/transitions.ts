/**
 * The transitions of alarms, of the journal no more than what figures are made of: a month has a hundred thousand. No drills, and
 * nothing that is neither told to people, nor decided by them, nor an onset.
 */
import type { Db } from '../open.ts';
import type { TransitionRow } from '../rows.ts';

export interface TransitionQuery {
  /** Exclusive. Oldest first from here; without it the newest come, newest first. */
  readonly after?: number;
  /** Exclusive, for paging backwards. */
  readonly before?: number;
  readonly limit: number;
}

// The data is JSON as writer/observe.ts has put it there.
const OF = `SELECT seq, at, recorded_at, source, type, data ->> 'alarm', data ->> 'alarmType', data ->> 'to'
            FROM events WHERE domain = 'alarm' AND type NOT IN ('clear', 'reset', 'escalate') AND data ->> 'drill' IS NOT 1`;

type Columns = readonly [
  ...[seq: number, at: number, recordedAt: number, source: string, transition: TransitionRow['transition']],
  ...[alarm: string, type: string, letter: TransitionRow['letter']],
];

export function readTransitions(db: Db) {
  // As lists: as objects they would take SQLite's binding half as long again.
  const forward = db.prepare(`${OF} AND seq > @after ORDER BY seq LIMIT @limit`).raw();
  const backward = db.prepare(`${OF} AND seq < @before ORDER BY seq DESC LIMIT @limit`).raw();
  return {
    list({ after, before = Number.MAX_SAFE_INTEGER, limit }: TransitionQuery): TransitionRow[] {
      const rows = after === undefined ? backward.all({ before, limit }) : forward.all({ after, limit });
      return (rows as Columns[]).map(toRow);
    },
  };
}

function toRow([seq, at, recordedAt, source, transition, alarm, type, letter]: Columns): TransitionRow {
  return { seq, at, recordedAt, source, transition, alarm, type, letter };
}
