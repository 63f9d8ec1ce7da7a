/** Corrections of closed runs: a revision of its own, which names each line that it replaces and why. */
import { compare } from '../../../drivers/bytes/decimal.ts';
import type { Boundary } from './boundary.ts';
import { finding, type Finding } from './checks.ts';
import type { BillLine } from './line.ts';
import { decimal } from './register.ts';
import { isClosed, openRun, type Run, type Stepped } from './run.ts';
import { refuse } from './run-refusals.ts';

export interface CorrectionAsked {
  readonly chain: string;
  readonly why: string;
}

/** A closed run or revision, and its lines. */
export interface ClosedRun {
  readonly run: Run;
  readonly lines: readonly BillLine[];
}

/**
 * Opens a revision of `of` for some of its lines. `others`: the runs of the same utility and period, closed or open. The revision
 * is drafted, checked and closed as any run; it has the lines alone that its corrected ones become.
 */
export function openRevision(
  { run, lines }: ClosedRun,
  asked: readonly CorrectionAsked[],
  others: readonly Run[],
): Stepped {
  if (!isClosed(run)) return refuse('stillOpen');
  if (asked.length === 0 || asked.some(({ why }) => why.trim() === '')) return refuse('noteRequired');
  const wanted = new Map(asked.map(({ chain, why }) => [chain, why]));
  const known = new Map(lines.map((line) => [line.chain, line]));
  const strange = [...wanted.keys()].filter((chain) => !known.has(chain));
  if (strange.length > 0) return refuse('noSuchLine', strange);
  const revisions = others.filter(({ period, id }) => period === run.period && id !== run.id);
  const newer = revisions.filter((other) => other.revision > run.revision && isClosed(other));
  const replaced = new Set(newer.flatMap(({ corrections }) => corrections.map(({ chain }) => chain)));
  const late = [...wanted.keys()].filter((chain) => replaced.has(chain));
  if (late.length > 0) return refuse('lineReplaced', late);
  const revision = Math.max(run.revision, ...revisions.map((other) => other.revision)) + 1;
  const corrections = [...wanted].map(([chain, why]) => ({
    ...{ chain, replaces: run.id, why },
    meters: known.get(chain)?.meters ?? [],
  }));
  const fresh = openRun(run.utility, { name: run.period, from: run.from, to: run.to });
  return { ok: true, changed: true, run: { ...fresh, id: `${fresh.id}-r${revision}`, revision, corrections } };
}

/** Of the corrections those whose line this one has become, with others or in part. */
export function correctionsIn({ corrections }: Pick<Run, 'corrections'>, { meters }: Pick<BillLine, 'meters'>) {
  return corrections.filter((correction) => correction.meters.some((meter) => meters.includes(meter)));
}

/**
 * Where the line after a corrected one does not go on where it ends: something would be billed twice, or not at all. `next`: the
 * line of the same chain that holds for the next closed period, or null.
 */
export function checkSeam(line: BillLine, next: BillLine | null): Finding[] {
  const [ends, begins] = [line.billedTo, next?.opening ?? null];
  if (next === null || ends === null || begins === null || isSame(ends, begins)) return [];
  if (ends.source === 'removal' && begins.source === 'installation') return [];
  return [
    finding(line, 'seam', {
      zh: `本期止于 ${ends.value}（表 ${ends.meter}），而 ${next.period} 期起于 ${begins.value}（表 ${begins.meter}）：${next.period} 期也须更正`,
      en: `it ends with ${ends.value} (meter ${ends.meter}), and ${next.period} begins with ${begins.value} (meter ${begins.meter}): correct ${next.period} as well`,
    }),
  ];
}

function isSame(a: Boundary, b: Boundary): boolean {
  return a.meter === b.meter && a.at === b.at && compare(decimal(a.value), decimal(b.value)) === 0;
}
