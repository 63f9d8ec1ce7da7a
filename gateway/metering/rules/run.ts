/**
 * The life of a billing run: draft → checked → closed → exported → acknowledged; before it is closed it may be discarded, and drafted
 * again after all. A step gives the run after it, or a refusal with a code and words; whoever asks writes both into the audit. A run
 * that is closed never changes; see revision.ts for corrections.
 */
import type { Utility } from '../model.ts';
import type { Finding } from './checks.ts';
import { refuse, type Refusal } from './run-refusals.ts';

const CLOSED_STATES = ['closed', 'exported', 'acknowledged'] as const;
export const RUN_STATES = ['draft', 'checked', 'discarded', ...CLOSED_STATES] as const;
export type RunState = (typeof RUN_STATES)[number];

export interface Run {
  /** `electricity-2026-11`, and `electricity-2026-11-r1` for its first revision. */
  readonly id: string;
  readonly utility: Utility;
  /** Name of the period, and its limits, Unix milliseconds. */
  readonly period: string;
  readonly from: number;
  readonly to: number;
  /** 0: the run itself. */
  readonly revision: number;
  /** The lines that a revision replaces, and why; empty for the run itself, which has all chains. */
  readonly corrections: readonly Correction[];
  readonly state: RunState;
  /** How often it has been drafted: what a clerk has looked at. */
  readonly draft: number;
  /** How many closed runs of its utility the draft went by; null before the first one. */
  readonly wentBy: number | null;
  readonly findings: readonly Finding[];
  readonly accepted: readonly Acceptance[];
  readonly closed: Signature | null;
  /** SHA-256 of the manifest, in hex, from the first export on. */
  readonly manifest: string | null;
  readonly acknowledged: Signature | null;
}

/** The line of `replaces` (the run or a revision of it) that is replaced. */
export interface Correction {
  readonly chain: string;
  /** The numbers of the meters that it billed: the tables may since have put them into other chains. */
  readonly meters: readonly string[];
  readonly replaces: string;
  readonly why: string;
}

/** `at`: Unix milliseconds. */
export interface Signature {
  readonly by: string;
  readonly at: number;
}

export interface Acceptance extends Signature {
  /** Of a finding. */
  readonly key: string;
  readonly note: string;
}

export type Step =
  /** The lines have been computed (again), by so many closed runs of the utility: where bills end, and what was corrected. */
  | { readonly type: 'draft'; readonly closedRuns: number }
  | { readonly type: 'check'; readonly findings: readonly Finding[] }
  /** `draft`: the one that the clerk has looked at, where he says so. */
  | ({
      readonly type: 'accept';
      readonly keys: readonly string[];
      readonly note: string;
      readonly draft?: number | undefined;
    } & Signature)
  /** `draft`: the one that the clerk has looked at. `others`: every other run of the same utility. */
  | ({ readonly type: 'close'; readonly draft: number; readonly others: readonly Run[] } & Signature)
  /** Nobody wants it: another month was meant, or another line to be corrected. */
  | { readonly type: 'discard'; readonly note: string }
  | { readonly type: 'export'; readonly manifest: string }
  | ({ readonly type: 'acknowledge'; readonly manifest: string } & Signature);

/** `changed`: false where the step had been done before and there is nothing to write. */
export type Stepped =
  | { readonly ok: true; readonly run: Run; readonly changed: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

type StepOf<T extends Step['type']> = Extract<Step, { type: T }>;

/** A run that nobody has drafted yet. */
export function openRun(
  utility: Utility,
  period: { readonly name: string; readonly from: number; readonly to: number },
): Run {
  return {
    ...{ id: `${utility}-${period.name}`, utility, period: period.name, from: period.from, to: period.to },
    ...{ revision: 0, corrections: [], state: 'draft', draft: 0, wentBy: null, findings: [], accepted: [] },
    ...{ closed: null, manifest: null, acknowledged: null },
  };
}

/** Whether its lines are final. */
export function isClosed({ state }: Pick<Run, 'state'>): boolean {
  return CLOSED_STATES.some((closed) => closed === state);
}

export function step(run: Run, asked: Step): Stepped {
  switch (asked.type) {
    case 'draft':
      if (isClosed(run)) return refuse('alreadyClosed');
      return done({
        ...run,
        state: 'draft',
        draft: run.draft + 1,
        wentBy: asked.closedRuns,
        findings: [],
        accepted: [],
      });
    case 'check':
      if (isClosed(run)) return refuse('alreadyClosed');
      return run.draft === 0 || run.state === 'discarded'
        ? refuse('notDrafted')
        : done({ ...run, state: 'checked', findings: asked.findings });
    case 'accept':
      return accept(run, asked);
    case 'close':
      return close(run, asked);
    case 'discard':
      return discard(run, asked);
    case 'export':
      return exportAs(run, asked);
    case 'acknowledge':
      return acknowledge(run, asked);
  }
}

/** What keeps it from being closed. */
export function blocking({ findings, accepted }: Pick<Run, 'findings' | 'accepted'>): Finding[] {
  const keys = new Set(accepted.map(({ key }) => key));
  return findings.filter(({ weight, key }) => weight === 'mend' || (weight === 'note' && !keys.has(key)));
}

function accept(run: Run, { keys, note, draft = run.draft, by, at }: StepOf<'accept'>): Stepped {
  if (isClosed(run)) return refuse('alreadyClosed');
  if (run.state !== 'checked') return refuse('notChecked');
  if (draft !== run.draft) return refuse('stale');
  if (note.trim() === '') return refuse('noteRequired');
  const open = new Map(run.findings.map((finding) => [finding.key, finding]));
  const strange = keys.filter((key) => !open.has(key));
  if (strange.length > 0) return refuse('noSuchFinding', strange);
  const unacceptable = keys.filter((key) => open.get(key)?.weight === 'mend');
  if (unacceptable.length > 0) return refuse('notAcceptable', unacceptable);
  const known = new Set(run.accepted.map(({ key }) => key));
  const fresh = [...new Set(keys)].filter((key) => !known.has(key));
  if (fresh.length === 0) return same(run);
  return done({ ...run, accepted: [...run.accepted, ...fresh.map((key) => ({ key, note, by, at }))] });
}

function close(run: Run, { draft, others, by, at }: StepOf<'close'>): Stepped {
  if (isClosed(run)) return refuse('alreadyClosed');
  if (run.state !== 'checked') return refuse('notChecked');
  if (draft !== run.draft) return refuse('stale');
  if (at < run.to) return refuse('notOver');
  const closed = others.filter((other) => other.utility === run.utility && other.id !== run.id && isClosed(other));
  const refused = run.revision === 0 ? billedBy(run, closed) : replacedBy(run, closed);
  if (refused !== null) return refused;
  // A run that is closed stays so: as many as then are the same ones.
  if (closed.length !== run.wentBy) return refuse('outdated');
  const blockers = blocking(run);
  if (blockers.length > 0)
    return refuse(
      'blocked',
      blockers.map(({ key }) => key),
    );
  return done({ ...run, state: 'closed', closed: { by, at } });
}

/** Null: nobody has billed any of it. */
function billedBy(run: Run, closed: readonly Run[]): Stepped | null {
  const runs = closed.filter(({ revision }) => revision === 0);
  const overlapping = runs.filter(({ from, to }) => from < run.to && to > run.from);
  if (overlapping.length > 0)
    return refuse(
      'alreadyBilled',
      overlapping.map(({ id }) => id),
    );
  const later = runs.filter(({ from }) => from >= run.to);
  return later.length > 0
    ? refuse(
        'laterClosed',
        later.map(({ id }) => id),
      )
    : null;
}

/** Null: the lines that it replaces are still those that hold. */
function replacedBy(run: Run, closed: readonly Run[]): Stepped | null {
  const revisions = closed.filter(({ period, revision }) => period === run.period && revision > 0);
  const late = run.corrections.filter(({ chain, replaces }) => {
    const replaced = revisions.find(({ id }) => id === replaces)?.revision ?? 0;
    return revisions.some(
      ({ revision, corrections }) => revision > replaced && corrections.some((of) => of.chain === chain),
    );
  });
  return late.length > 0
    ? refuse(
        'lineReplaced',
        late.map(({ chain }) => chain),
      )
    : null;
}

/** Its drafts go on being counted: nobody closes a later one for one that he has looked at. */
function discard(run: Run, { note }: StepOf<'discard'>): Stepped {
  if (isClosed(run)) return refuse('alreadyClosed');
  if (note.trim() === '') return refuse('noteRequired');
  return run.state === 'discarded' ? same(run) : done({ ...run, state: 'discarded', findings: [], accepted: [] });
}

function exportAs(run: Run, { manifest }: StepOf<'export'>): Stepped {
  if (!isClosed(run)) return refuse('notClosed');
  if (run.manifest === null) return done({ ...run, state: 'exported', manifest });
  return run.manifest === manifest ? same(run) : refuse('exportDiffers');
}

function acknowledge(run: Run, { manifest, by, at }: StepOf<'acknowledge'>): Stepped {
  if (!isClosed(run)) return refuse('notClosed');
  if (run.manifest === null) return refuse('notExported');
  if (run.manifest !== manifest) return refuse('otherManifest');
  return run.acknowledged === null ? done({ ...run, state: 'acknowledged', acknowledged: { by, at } }) : same(run);
}

function done(run: Run): Stepped {
  return { ok: true, run, changed: true };
}

function same(run: Run): Stepped {
  return { ok: true, run, changed: false };
}
