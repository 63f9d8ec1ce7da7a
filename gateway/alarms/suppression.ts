/**
 * What hides an alarm and shows it again: a person who shelves it for a time, another alarm that explains it, a permit for
 * work on its source. ISA-18.2 clause 11. Pure. An alarm that is still active when the last of them ends is announced as if
 * it had just been raised, whoever had acknowledged it before. One that rose and went while it was explained is over.
 */
import type { AlarmEventType, AlarmRow } from '../store/rows.ts';
import { isHidden } from './letters.ts';

/** `at` is Unix milliseconds. */
export type SuppressionEvent =
  /** By a person, with a reason, until a time. */
  | ({ readonly type: 'shelve'; readonly until: number; readonly limits: ShelvingLimits } & Signed)
  /** By a person, or by itself when its time is over (`by` null). */
  | { readonly type: 'unshelve'; readonly at: number; readonly by: string | null; readonly note: string | null }
  /** `cause`: the alarm that explains this one. */
  | { readonly type: 'suppress' | 'unsuppress'; readonly at: number; readonly cause: string }
  /** The note is the permit: what is being done, and on whose word. */
  | ({ readonly type: 'removeFromService'; readonly permitted: boolean } & Signed)
  | { readonly type: 'placeInService'; readonly at: number; readonly by: string; readonly note: string | null };

interface Signed {
  readonly at: number;
  readonly by: string;
  readonly note: string | null;
}

export interface ShelvingLimits {
  readonly shelvable: boolean;
  readonly maxMs: number;
}

export type SuppressionRefusal =
  'priorityOne' | 'notShelvable' | 'reasonRequired' | 'tooLong' | 'notFuture' | 'notPermitted' | 'notHidden';

interface Change {
  readonly as: AlarmEventType;
  readonly set: Partial<AlarmRow>;
}

/** What an event does to an alarm: a change, nothing, or a refusal. */
export function suppressionEffect(row: AlarmRow, event: SuppressionEvent): Change | SuppressionRefusal | null {
  switch (event.type) {
    case 'shelve':
      return shelve(row, event);
    case 'unshelve':
      if (!row.shelved) return event.by === null ? null : 'notHidden';
      return shown(row, event, { shelved: false, shelving: null });
    case 'suppress':
      return suppress(row, event.cause);
    case 'unsuppress':
      return unsuppress(row, event);
    case 'removeFromService':
      return removeFromService(event);
    case 'placeInService':
      return row.outOfService ? shown(row, event, { outOfService: false, permit: null }) : 'notHidden';
  }
}

function shelve(row: AlarmRow, event: Extract<SuppressionEvent, { type: 'shelve' }>): Change | SuppressionRefusal {
  const { at, by, until, limits } = event;
  const reason = event.note?.trim() ?? '';
  if (row.priority === 1) return 'priorityOne';
  if (!limits.shelvable) return 'notShelvable';
  if (reason === '') return 'reasonRequired';
  if (!(until > at)) return 'notFuture';
  if (until - at > limits.maxMs) return 'tooLong';
  return { as: 'shelve', set: { shelved: true, shelving: { until, by, reason } } };
}

/** Priority 1 is never hidden by a rule. */
function suppress(row: AlarmRow, cause: string): Change | null {
  if (row.priority === 1 || row.suppressedBy.includes(cause)) return null;
  return { as: 'suppress', set: { suppressed: true, suppressedBy: [...row.suppressedBy, cause].sort() } };
}

function unsuppress(row: AlarmRow, event: { readonly at: number; readonly cause: string }): Change | null {
  if (!row.suppressedBy.includes(event.cause)) return null;
  const left = row.suppressedBy.filter((cause) => cause !== event.cause);
  if (left.length === 0 && isOver(row)) return { as: 'unsuppress', set: OVER };
  return shown(row, { type: 'unsuppress', at: event.at }, { suppressedBy: left, suppressed: left.length > 0 });
}

/** It rose and went while it was explained: nobody was told of it, and there is nothing left to see to. */
function isOver({ active, acked, latched, shelved, outOfService, announcedAt }: AlarmRow): boolean {
  return !acked && announcedAt === null && !active && !latched && !shelved && !outOfService;
}

function removeFromService(
  event: Extract<SuppressionEvent, { type: 'removeFromService' }>,
): Change | SuppressionRefusal {
  const text = event.note?.trim() ?? '';
  if (!event.permitted) return 'notPermitted';
  if (text === '') return 'reasonRequired';
  return { as: 'removeFromService', set: { outOfService: true, permit: { by: event.by, text, since: event.at } } };
}

function shown(
  row: AlarmRow,
  { type, at }: { readonly type: 'unshelve' | 'unsuppress' | 'placeInService'; readonly at: number },
  set: Partial<AlarmRow>,
): Change {
  const next = { ...row, ...set };
  if (isHidden(next)) return { as: type, set };
  if (next.active) return { as: type, set: { ...set, ...ANNOUNCED, acked: false, announcedAt: at } };
  return {
    as: type,
    set: next.acked ? { ...set, raisedWhileSuppressed: false } : { ...set, announcedAt: at, escalation: 0 },
  };
}

const OVER = { suppressed: false, suppressedBy: [], acked: true, raisedWhileSuppressed: false } as const;
const ANNOUNCED = { escalation: 0, ackedAt: null, ackedBy: null } as const;
