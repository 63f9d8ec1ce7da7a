/** The lines of runs as far as a revision asks for them: thousands are not read to correct three. */
import type { Store } from '../../store/store.ts';
import type { BillLine } from '../rules/line.ts';
import type { ClosedRun, CorrectionAsked } from '../rules/revision.ts';
import type { StoredRun } from './record.ts';

export function withLinesOf(
  billing: Pick<Store['billing'], 'lineOf'>,
  corrections: readonly CorrectionAsked[],
): (row: StoredRun) => ClosedRun {
  return ({ id, run: { run } }) => {
    const lines = corrections.flatMap(({ chain }) => (billing.lineOf(id, chain)?.line as BillLine | undefined) ?? []);
    return { run, lines };
  };
}
