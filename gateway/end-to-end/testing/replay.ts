/** What the alarms are by their events alone, worked out from the tables of docs/alarms.md. For types that latch. */
import type { StoredEvent } from './stored.ts';

/** What every latching alarm of the store must say of itself. */
export interface Replayed {
  readonly letter: string;
  readonly rev: number;
  readonly occurrenceId: unknown;
  readonly count: unknown;
  readonly raisedAt: number | null;
  readonly ackedAt: number | null;
  readonly ackedBy: unknown;
  readonly clearedAt: number | null;
  readonly changedAt: number;
}

const NEVER_RAISED: Replayed = {
  ...{ letter: 'A', rev: 0, occurrenceId: null, count: 0 },
  ...{ raisedAt: null, ackedAt: null, ackedBy: null, clearedAt: null, changedAt: 0 },
};

/** Throws where an event does not follow from the one before it. */
export function replayAlarms(events: readonly StoredEvent[]): Map<string, Replayed> {
  const alarms = new Map<string, Replayed>();
  let prevSeq = 0;
  for (const event of events.filter(({ domain }) => domain === 'alarm')) {
    const alarm = String(event.data['alarm']);
    const before = alarms.get(alarm) ?? NEVER_RAISED;
    if (event.data['prevSeq'] !== prevSeq) throw new Error(`event ${event.seq} does not follow alarm event ${prevSeq}`);
    if (event.data['from'] !== before.letter) throw new Error(`event ${event.seq} is not from ${before.letter}`);
    alarms.set(alarm, apply(before, event));
    prevSeq = event.seq;
  }
  return alarms;
}

function apply(before: Replayed, { seq, type, at, data }: StoredEvent): Replayed {
  const { to, occurrenceId, count, by } = data;
  const after = { ...before, letter: String(to), rev: seq, occurrenceId, count, changedAt: at };
  switch (type) {
    case 'raise':
      return { ...after, raisedAt: before.letter === 'A' ? at : before.raisedAt, ...UNSEEN };
    case 'clear':
      return { ...after, clearedAt: at };
    case 'ack':
      return { ...after, ackedAt: at, ackedBy: by };
    default:
      return after;
  }
}

const UNSEEN = { ackedAt: null, ackedBy: null, clearedAt: null };
