/** For a revision: the lines of later closed periods that go on where the corrected ones ended. */
import type { Store } from '../../../store/store.ts';
import type { BillLine } from '../../rules/line.ts';
import { isClosed, type Run } from '../../rules/run.ts';
import { closedPeriods, type CarriedTables } from './billed-period.ts';

/** Null where nothing follows, as with any run that is not a revision. */
export function nextLines(
  billing: CarriedTables & Pick<Store['billing'], 'lineOf'>,
  run: Run,
  others: readonly Run[],
): (line: BillLine) => BillLine | null {
  if (run.revision === 0) return () => null;
  const later = others.filter((other) => isClosed(other) && other.from >= run.to).sort((a, b) => a.from - b.from);
  const periods = closedPeriods(billing, later);
  return ({ chain, billedTo }) => {
    // The chain may have had another name then; or the name is that of another meter now.
    const isOver = billedTo?.source === 'removal';
    for (const period of periods) {
      const held = (billedTo && period.ofMeter(billedTo.meter)) ?? (isOver ? null : period.ofChain(chain));
      if (held) return (billing.lineOf(held.run, held.chain)?.line as BillLine | undefined) ?? null;
    }
    return null;
  };
}
