/** The record of fire releases is the journal: what it is told, and what is known from it after a restart. Pure. */
import { z } from 'zod';
import type { Value } from '../../drivers/contract.ts';
import type { EventRow, NewEvent } from '../store/rows.ts';
import { UNTOUCHED, type Cause, type ReleaseEvent, type Standing, type TargetState } from './release-step.ts';
import { targetId, type ReleaseTarget } from './target.ts';

export const DOMAIN = 'fire';

/** Events of the domain that are looked at, newest first: a night with some hundred alarms and a dozen targets. */
export const LOOKED_AT = 5_000;

const value = z.union([z.number(), z.boolean(), z.string(), z.null()]);
const seen = z.array(z.object({ point: z.string(), value, at: z.number() }));
const ofAlarm = { alarm: z.string(), occurrenceId: z.string() };
const ofTarget = { ...ofAlarm, device: z.string(), action: z.string(), value };
const ofCommand = { ...ofTarget, command: z.string() };

/** By type: the data of an event. `releaseEnded` is about an alarm, the others each about one alarm and one target. */
const toldSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('releaseAsked'), ...ofCommand }),
  z.object({ type: z.literal('releaseAnswered'), ...ofCommand, seen, afterMs: z.int() }),
  z.object({ type: z.literal('releaseFailed'), ...ofCommand, why: z.string() }),
  z.object({ type: z.literal('releaseLost'), ...ofTarget, seen }),
  z.object({ type: z.literal('releaseEnded'), ...ofAlarm, unanswered: z.array(z.string()) }),
]);

/** An event of the journal. `at`: Unix milliseconds. */
export type Told = z.infer<typeof toldSchema> & Pick<EventRow, 'at' | 'seq' | 'source'>;
export type ToldOfTarget = Exclude<Told, { type: 'releaseEnded' }>;

export function releaseEvent({ device, action, value }: ReleaseTarget, event: ReleaseEvent, at: number): NewEvent {
  const { type, cause, ...rest } = event;
  return { domain: DOMAIN, type, source: device, at, data: { ...cause, device, action, value, ...rest } };
}

/** The alarm is normal again, and nothing is closed by that. `unanswered`: targets that were not seen to open, by id. */
export function releaseEnded(
  source: string,
  { alarm, occurrenceId }: Cause,
  unanswered: readonly string[],
  at: number,
): NewEvent {
  return { domain: DOMAIN, type: 'releaseEnded', source, at, data: { alarm, occurrenceId, unanswered } };
}

/** Oldest first. What cannot be read was written by a version that says it otherwise, and is left out. */
export function readJournal(rows: readonly EventRow[]): Told[] {
  const told = rows.flatMap(({ type, data, at, seq, source }): Told[] => {
    const parsed = toldSchema.safeParse({ ...data, type });
    return parsed.success ? [{ ...parsed.data, at, seq, source }] : [];
  });
  return told.sort((a, b) => a.seq - b.seq);
}

/**
 * What was known of each target, by id, when the journal ended. `monotonic` turns Unix milliseconds into those of the clock that
 * the steps go by. A command that was under way is not known of any more: it is given again.
 */
export function remembered(journal: readonly Told[], monotonic: (at: number) => number): Map<string, TargetState> {
  const states = new Map<string, TargetState>();
  const values = new Map<string, Value>();
  for (const told of journal) {
    if (told.type === 'releaseEnded') forget(states, told.occurrenceId);
    else {
      const id = targetId(told.device, told.action);
      // What another value has opened says nothing of this one.
      const before = values.get(id) === told.value ? states.get(id) : undefined;
      values.set(id, told.value);
      states.set(id, afterTold(before ?? UNTOUCHED, told, monotonic(told.at)));
    }
  }
  return states;
}

/** What each target was last told, by its id; null where its command takes no value. */
export function valuesIn(journal: readonly Told[]): Map<string, Value> {
  const told = journal.filter((entry) => entry.type !== 'releaseEnded');
  return new Map(told.map(({ device, action, value: written }) => [targetId(device, action), written]));
}

function forget(states: Map<string, TargetState>, occurrenceId: string): void {
  for (const [id, state] of states) {
    const standings = new Map(state.standings);
    standings.delete(occurrenceId);
    states.set(id, standings.size === 0 ? UNTOUCHED : { ...state, standings });
  }
}

function afterTold(state: TargetState, told: ToldOfTarget, since: number): TargetState {
  const { alarm, occurrenceId } = told;
  const begun: Standing = { alarm, occurrenceId, since, isAsked: false, isAnswered: false, why: null };
  const standing = state.standings.get(occurrenceId) ?? begun;
  const put = (now: Partial<Standing>): TargetState => ({
    ...state,
    standings: new Map(state.standings).set(occurrenceId, { ...standing, ...now }),
  });
  switch (told.type) {
    case 'releaseAsked':
      return put({ isAsked: true });
    case 'releaseAnswered':
      return { ...put({ isAnswered: true, why: null }), proof: told.seen.at(-1) ?? null };
    case 'releaseFailed':
      return put({ why: told.why });
    case 'releaseLost':
      return { ...put({ ...begun }), proof: null };
  }
}
