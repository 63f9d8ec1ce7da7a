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
 * Opens a revision of `run` for some of its lines. `others`: the runs of the same utility and period, closed or open, with their
 * lines. The revision is drafted, checked and closed as any run; it has the lines of its corrections alone.
 */
export function openRevision(of: ClosedRun, asked: readonly CorrectionAsked[], others: readonly ClosedRun[]): Stepped {
  const { run } = of;
  if (!isClosed(run)) return refuse('stillOpen');
  if (asked.length === 0 || asked.some(({ why }) => why.trim() === '')) return refuse('noteRequired');
  const chains = new Set(of.lines.map(({ chain }) => chain));
  const strange = asked.filter(({ chain }) => !chains.has(chain));
  if (strange.length > 0)
    return refuse(
      'noSuchLine',
      strange.map(({ chain }) => chain),
    );
  const revisions = others.filter(({ run: other }) => other.period === run.period && other.id !== run.id);
  const newer = revisions.filter(({ run: other }) => other.revision > run.revision && isClosed(other));
  const replaced = new Set(newer.flatMap(({ lines }) => lines.map(({ chain }) => chain)));
  const late = asked.filter(({ chain }) => replaced.has(chain));
  if (late.length > 0)
    return refuse(
      'lineReplaced',
      late.map(({ chain }) => chain),
    );
  const revision = Math.max(run.revision, ...revisions.map(({ run: other }) => other.revision)) + 1;
  const corrections = asked.map(({ chain, why }) => ({ chain, replaces: run.id, why }));
  const fresh = openRun(run.utility, { name: run.period, from: run.from, to: run.to });
  return { ok: true, changed: true, run: { ...fresh, id: `${fresh.id}-r${revision}`, revision, corrections } };
}

/** The lines that hold for one period: of each chain that of its latest closed revision. In the order of the run itself. */
export function effectiveLines(runs: readonly ClosedRun[]): BillLine[] {
  const closed = runs.filter(({ run }) => isClosed(run)).sort((a, b) => a.run.revision - b.run.revision);
  const latest = new Map<string, BillLine>();
  for (const line of closed.flatMap(({ lines }) => lines)) latest.set(line.chain, line);
  return [...latest.values()];
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
