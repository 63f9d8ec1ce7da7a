/** For a revision: the lines that hold for the next closed period, which go on where the corrected ones ended. */
import type { Store } from '../../../store/store.ts';
import type { BillLine } from '../../rules/line.ts';
import { isClosed, type Run } from '../../rules/run.ts';

/** Null where nothing follows, as with any run that is not a revision. */
export function nextLines(
  billing: Pick<Store['billing'], 'lineOf'>,
  run: Run,
  others: readonly Run[],
): (line: BillLine) => BillLine | null {
  if (run.revision === 0) return () => null;
  const later = others.filter((other) => isClosed(other) && other.from >= run.to);
  const nextFrom = Math.min(...later.map(({ from }) => from));
  const runs = later.filter(({ from }) => from === nextFrom).sort((a, b) => b.revision - a.revision);
  return ({ chain }) => {
    for (const { id } of runs) {
      const row = billing.lineOf(id, chain);
      if (row) return row.line as BillLine;
    }
    return null;
  };
}
