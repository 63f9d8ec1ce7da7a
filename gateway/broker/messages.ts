/** Rows as messages of the feed: what is said on which topic. Pure. */
import type { AlarmRow, Collected, PointRow } from '../store/rows.ts';
import type { DeadLetter, DeviceState } from './feed-source.ts';
import type { Message } from './publisher.ts';
import type { Topics } from './topics.ts';

export interface StatusFields {
  readonly online: boolean;
  readonly bootId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly version: string;
}

export interface HeadFields {
  readonly epoch: number;
  readonly seq: number;
  readonly nonNormal: number;
  readonly stateHash: string;
  /** Unix milliseconds. */
  readonly at: number;
}

export function statusMessage(topics: Topics, fields: StatusFields): Message {
  return retained(topics.status, fields);
}

export function deviceMessage(topics: Topics, row: DeviceState): Message {
  const { device, state, reason, since, lastGood } = row;
  return retained(topics.device(device), { state, reason, since: iso(since), lastGood: iso(lastGood) });
}

export function pointMessage(topics: Topics, row: PointRow): Message {
  const { device, point, value, unit, quality, reason, at } = row;
  const payload = { value, unit, quality, reason: reason ?? undefined, at: iso(at) };
  return retained(topics.point(device, point), payload);
}

/** One answer of a meter, which is news and no state. What does not apply to a register is left out. */
export function readingMessage(topics: Topics, { device, registers }: Collected): Message {
  const told = registers.map(({ value, unit, quality, at, ...rest }) => {
    const applies = Object.entries(rest).filter(([, field]) => field !== null);
    return { ...Object.fromEntries(applies), value, unit, quality, at: iso(at) };
  });
  return passing(topics.reading(device), { registers: told });
}

export function alarmStateMessage(topics: Topics, row: AlarmRow, epoch: number): Message {
  return retained(topics.alarmState(row.alarm), alarmStatePayload(row, epoch));
}

export function alarmStatePayload(row: AlarmRow, epoch: number) {
  const { raisedAt, ackedAt, clearedAt, announcedAt, changedAt, drillEndsAt, shelving, permit, suppressedBy } = row;
  return {
    ...row,
    epoch,
    ...{ raisedAt: iso(raisedAt), ackedAt: iso(ackedAt), clearedAt: iso(clearedAt), announcedAt: iso(announcedAt) },
    shelving: shelving && { ...shelving, until: iso(shelving.until) },
    suppressedBy: [...suppressedBy],
    drillEndsAt: iso(drillEndsAt),
    permit: permit && { ...permit, since: iso(permit.since) },
    changedAt: iso(changedAt),
  };
}

export function headMessage(topics: Topics, head: HeadFields): Message {
  return retained(topics.alarmHead, { ...head, at: iso(head.at) });
}

export function skippedMessage(topics: Topics, epoch: number, letters: readonly DeadLetter[]): Message {
  return retained(topics.feedSkipped, { epoch, skipped: letters.map(({ seq, reason }) => ({ seq, reason })) });
}

/** Deletes the retained message of `topic`. */
export function deletion(topic: string): Message {
  return { topic, payload: '', retain: true, qos: 1 };
}

/** A message that is not kept: an event or an answer. */
export function passing(topic: string, payload: unknown): Message {
  return { topic, payload: JSON.stringify(payload), retain: false, qos: 1 };
}

function retained(topic: string, payload: unknown): Message {
  return { topic, payload: JSON.stringify(payload), retain: true, qos: 1 };
}

/** ISO 8601 in UTC of Unix milliseconds; null for an unknown time, and for one that no calendar has. */
export function iso(at: number | null): string | null {
  return at !== null && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null;
}
