/**
 * What one target has to be told at this moment: state and facts in, state and wishes out. Pure; times are monotonic
 * milliseconds where nothing else is said.
 *
 * A target has one command under way at most, and what opens it opens it for every alarm that stands by then. It is asked for
 * each alarm anew, though it is open: somebody has to have seen that.
 */
import type { Value } from '../../drivers/contract.ts';

/** One occurrence of an alarm that is not normal again. */
export interface Cause {
  readonly alarm: string;
  readonly occurrenceId: string;
}

/** What was read back. */
export interface Seen {
  readonly point: string;
  readonly value: Value;
  /** Source time, Unix milliseconds. */
  readonly at: number;
}

/** How the target stands to one cause. */
export interface Standing extends Cause {
  /** From when on it was wanted open, and not seen so. */
  readonly since: number;
  readonly isAsked: boolean;
  readonly isAnswered: boolean;
  /** Why it did not open, as it was last told. */
  readonly why: string | null;
}

export interface TargetState {
  /** The command that is under way. */
  readonly command: string | null;
  /** By occurrence. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** What showed that it is open; null where it is not known to be, or nothing shows it. */
  readonly proof: Seen | null;
  /** In a row. */
  readonly failures: number;
  readonly failedAt: number;
  /** Since when the device was as it was when that failed. Unix milliseconds. */
  readonly failedUnder: number | null;
}

export type CommandEnd =
  { readonly ok: true; readonly seen: readonly Seen[] } | { readonly ok: false; readonly why: string };

export interface TargetFacts {
  readonly now: number;
  /** All that ask for the target to be open. */
  readonly causes: readonly Cause[];
  /** How the command under way ended; null while it has not. */
  readonly end: CommandEnd | null;
  /** The proof's point as it was last read and good; null where it is not known. */
  readonly shown: Seen | null;
  /** Of the device; `since` in Unix milliseconds. */
  readonly heard: { readonly isOnline: boolean; readonly since: number | null };
  /** The id of the next command, should there be one. */
  readonly nextCommand: string;
}

/** What the journal is told, of one cause each. */
export type ReleaseEvent = { readonly cause: Cause } & (
  | { readonly type: 'releaseAsked'; readonly command: string }
  | {
      readonly type: 'releaseAnswered';
      readonly command: string;
      readonly seen: readonly Seen[];
      readonly afterMs: number;
    }
  | { readonly type: 'releaseFailed'; readonly command: string; readonly why: string }
  /** It is not open any more. */
  | { readonly type: 'releaseLost'; readonly seen: readonly Seen[] }
);

export interface TargetStep {
  readonly state: TargetState;
  readonly events: readonly ReleaseEvent[];
  /** The id of a command that is to be given. */
  readonly ask: string | null;
}

export const UNTOUCHED: TargetState = {
  command: null,
  standings: new Map(),
  proof: null,
  failures: 0,
  failedAt: 0,
  failedUnder: null,
};

/** A device that does not answer is asked again after 1 s, 2 s, 4 s … 1 min, as long as the alarm stands. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

export function releaseStep(state: TargetState, facts: TargetFacts): TargetStep {
  // What ended before an alarm was known has opened nothing for it.
  const steps = [takeEnd, follow, lookAtProof, ask];
  let step: TargetStep = { state, events: [], ask: null };
  for (const next of steps) {
    const done = next(step.state, facts);
    step = { state: done.state, events: [...step.events, ...(done.events ?? [])], ask: done.ask ?? step.ask };
  }
  return step;
}

/** Since when it has been wanted open without being seen so; null: it is not, or is open for all who ask. */
export function unansweredSince({ standings }: TargetState): number | null {
  const since = [...standings.values()].flatMap((standing) => (standing.isAnswered ? [] : standing.since));
  return since.length === 0 ? null : Math.min(...since);
}

/** What has been asked for and is over, with the ids of targets that were not seen to open for it. `asking`: occurrences. */
export function endedCauses(
  states: ReadonlyMap<string, TargetState>,
  asking: ReadonlySet<string>,
): { readonly cause: Cause; readonly unanswered: readonly string[] }[] {
  const ended = new Map<string, { cause: Cause; unanswered: string[] }>();
  for (const [id, { standings }] of states) {
    for (const standing of standings.values()) {
      if (asking.has(standing.occurrenceId)) continue;
      const found = ended.get(standing.occurrenceId) ?? { cause: identity(standing), unanswered: [] };
      if (!standing.isAnswered) found.unanswered.push(id);
      ended.set(standing.occurrenceId, found);
    }
  }
  return [...ended.values()];
}

/** How long after the last of `failures` in a row it is asked again. */
export function retryMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
}

type Part = Pick<TargetStep, 'state'> & Partial<Omit<TargetStep, 'state'>>;

function takeEnd(state: TargetState, { end, causes, now, heard }: TargetFacts): Part {
  const { command, standings } = state;
  if (command === null || end === null) return { state };
  const stand = new Set(causes.map(({ occurrenceId }) => occurrenceId));
  const open = [...standings.values()].filter(({ occurrenceId, isAnswered }) => !isAnswered && stand.has(occurrenceId));
  const ended = { ...state, command: null };
  if (!end.ok) {
    const { why } = end;
    const news = open.filter((standing) => standing.why !== why);
    const failed = { failures: state.failures + 1, failedAt: now, failedUnder: heard.since };
    return {
      state: { ...ended, ...failed, standings: changed(standings, open, () => ({ why })) },
      events: news.map((cause) => ({ type: 'releaseFailed', cause: identity(cause), command, why })),
    };
  }
  const { seen } = end;
  return {
    state: {
      ...ended,
      standings: changed(standings, open, () => ({ isAnswered: true, why: null })),
      proof: seen.at(-1) ?? null,
      failures: 0,
    },
    events: open.map((cause) => ({
      ...({
        type: 'releaseAnswered',
        cause: identity(cause),
        command,
        seen,
        afterMs: Math.round(now - cause.since),
      } as const),
    })),
  };
}

/** Takes up new causes and lets go those that are over. News does not wait for what a dead device is given time for. */
function follow(state: TargetState, { causes, now, heard }: TargetFacts): Part {
  const standings = new Map(
    causes.map((cause) => {
      const { alarm, occurrenceId } = cause;
      const begun: Standing = { alarm, occurrenceId, since: now, isAsked: false, isAnswered: false, why: null };
      return [occurrenceId, state.standings.get(occurrenceId) ?? begun];
    }),
  );
  if (standings.size === 0) return { state: { ...UNTOUCHED, command: state.command } };
  const isNews = causes.some(({ occurrenceId }) => !state.standings.has(occurrenceId));
  const isBack = heard.isOnline && state.failures > 0 && heard.since !== state.failedUnder;
  const failures = isNews || isBack ? Math.min(state.failures, 1) : state.failures;
  const failedUnder = isBack ? heard.since : state.failedUnder;
  return { state: { ...state, standings, failures, failedUnder } };
}

/** What was open and is seen not to be, closed by hand or by itself, is asked again. */
function lookAtProof(state: TargetState, { shown, now }: TargetFacts): Part {
  const { proof, standings, command } = state;
  const isOther = proof !== null && shown !== null && shown.at > proof.at && shown.value !== proof.value;
  if (!isOther || command !== null) return { state };
  const answered = [...standings.values()].filter(({ isAnswered }) => isAnswered);
  const again = { since: now, isAsked: false, isAnswered: false };
  return {
    state: { ...state, proof: null, standings: changed(standings, answered, () => again) },
    events: answered.map((cause) => ({ type: 'releaseLost', cause: identity(cause), seen: [shown] })),
  };
}

function ask(state: TargetState, { now, nextCommand }: TargetFacts): Part {
  const open = [...state.standings.values()].filter(({ isAnswered }) => !isAnswered);
  const isDue = state.failures === 0 || now >= state.failedAt + retryMs(state.failures);
  const gives = state.command === null && open.length > 0 && isDue;
  const command = gives ? nextCommand : state.command;
  if (command === null) return { state };
  const news = open.filter(({ isAsked }) => !isAsked);
  return {
    state: { ...state, command, standings: changed(state.standings, news, () => ({ isAsked: true })) },
    events: news.map((cause) => ({ type: 'releaseAsked', cause: identity(cause), command })),
    ask: gives ? command : null,
  };
}

function changed(
  standings: TargetState['standings'],
  these: readonly Standing[],
  change: (standing: Standing) => Partial<Standing>,
): TargetState['standings'] {
  const now = these.map((standing) => [standing.occurrenceId, { ...standing, ...change(standing) }] as const);
  return new Map([...standings, ...now]);
}

function identity({ alarm, occurrenceId }: Standing): Cause {
  return { alarm, occurrenceId };
}
