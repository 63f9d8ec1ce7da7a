/** What a fire alarm asked to open, and what answered: the journal, one entry for each occurrence. Pure. */
import type { Seen } from './release-step.ts';
import type { Told, ToldOfTarget } from './release-journal.ts';
import { targetId, type ReleaseTarget } from './target.ts';

/** `answered`: it has taken the command, and was seen to open where anything shows that; `lost`: it was, and is not any more. */
export type TargetStanding = 'asked' | 'answered' | 'failed' | 'lost';

export interface TargetRecord extends Pick<ReleaseTarget, 'device' | 'action' | 'value'> {
  readonly state: TargetStanding;
  /** Unix milliseconds, as all times here. For the first time. */
  readonly askedAt: number;
  /** For the last time. */
  readonly answeredAt: number | null;
  /** From when it was wanted open to the answer. */
  readonly afterMs: number | null;
  readonly seen: readonly Seen[];
  /** Why it did not open. */
  readonly why: string | null;
  /** The last command that the journal names. */
  readonly command: string | null;
}

export interface ReleaseRecord {
  readonly alarm: string;
  readonly occurrenceId: string;
  /** Of its first event. */
  readonly seq: number;
  readonly askedAt: number;
  /** When the alarm was normal again; null while it is not. */
  readonly endedAt: number | null;
  readonly targets: readonly TargetRecord[];
}

/** Newest first. What began before `journal` does is left out. `journal`: oldest first. */
export function releaseRecords(journal: readonly Told[]): ReleaseRecord[] {
  const records = new Map<string, ReleaseRecord>();
  for (const told of journal) {
    const record = records.get(told.occurrenceId);
    if (told.type === 'releaseEnded') {
      if (record) records.set(told.occurrenceId, { ...record, endedAt: told.at });
    } else if (record ?? told.type === 'releaseAsked') {
      records.set(told.occurrenceId, withTarget(record ?? begun(told), told));
    }
  }
  return [...records.values()].sort((a, b) => b.seq - a.seq).map(inOrder);
}

function inOrder({ targets, ...record }: ReleaseRecord): ReleaseRecord {
  return {
    ...record,
    targets: targets.toSorted((a, b) => (targetId(a.device, a.action) < targetId(b.device, b.action) ? -1 : 1)),
  };
}

function begun({ alarm, occurrenceId, seq, at }: Told): ReleaseRecord {
  return { alarm, occurrenceId, seq, askedAt: at, endedAt: null, targets: [] };
}

function withTarget(record: ReleaseRecord, told: ToldOfTarget): ReleaseRecord {
  const { device, action } = told;
  const others = record.targets.filter((target) => target.device !== device || target.action !== action);
  const before = record.targets.find((target) => !others.includes(target)) ?? untold(told);
  return { ...record, targets: [...others, { ...before, ...changeBy(told) }] };
}

function untold({ device, action, value, at }: ToldOfTarget): TargetRecord {
  const nothing = { answeredAt: null, afterMs: null, seen: [], why: null, command: null };
  return { device, action, value, state: 'asked', askedAt: at, ...nothing };
}

function changeBy(told: ToldOfTarget): Partial<TargetRecord> {
  switch (told.type) {
    case 'releaseAsked':
      return { state: 'asked', command: told.command };
    case 'releaseAnswered': {
      const { command, seen, afterMs, at } = told;
      return { state: 'answered', command, seen, afterMs, answeredAt: at, why: null };
    }
    case 'releaseFailed':
      return { state: 'failed', command: told.command, why: told.why };
    case 'releaseLost':
      return { state: 'lost', seen: told.seen };
  }
}
