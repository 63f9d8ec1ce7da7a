/** What the closed runs of earlier periods say of a chain: where its next bill begins, and what it usually uses. */
import type { Store } from '../../../store/store.ts';
import type { Boundary } from '../../rules/boundary.ts';
import type { Chain } from '../../rules/chain.ts';
import type { PastUse } from '../../rules/estimate.ts';
import { isClosed, type Run } from '../../rules/run.ts';
import { closedPeriods, type BilledPeriod, type CarriedTables, type HeldLine } from './billed-period.ts';
import { parseCarried, type Carried } from './carried.ts';

export type BillingTables = CarriedTables & Pick<Store['billing'], 'carriedOfChain'>;

export interface EarlierBills {
  /** Where the last of them ends, Unix milliseconds; null: there is none. */
  readonly lastClosedTo: number | null;
  /** Where the first of them begins; null: there is none. */
  readonly firstClosedFrom: number | null;
  /** The last of them. */
  readonly last: BilledPeriod | null;
  of(chain: Chain): { readonly billed: Boundary | null; readonly history: readonly PastUse[] };
}

/** A year, and the month of the year before. */
const PERIODS = 13;

/** `runs`: every run of the utility. `before`: where the period begins that is billed, Unix milliseconds. */
export function earlierBills(tables: BillingTables, runs: readonly Run[], before: number): EarlierBills {
  const closed = runs.filter((run) => isClosed(run) && run.from < before);
  const periods = [...Map.groupBy(closed, ({ from }) => from)].sort(([a], [b]) => b - a).map(([, of]) => of);
  const recent = closedPeriods(tables, periods.slice(0, PERIODS).flat());
  const ranks = new Map(periods.slice(PERIODS).flatMap((of) => of.map((run) => [run.id, run] as const)));
  return {
    lastClosedTo: periods[0]?.[0]?.to ?? null,
    firstClosedFrom: periods.at(-1)?.[0]?.from ?? null,
    last: recent[0] ?? null,
    of(chain) {
      const carried = recent.flatMap((period) => lineOf(period, chain)?.carried ?? []);
      const last = carried[0] ?? longAgo(tables, chain, ranks);
      return { billed: last?.billedTo ?? null, history: carried.flatMap(({ use }) => use ?? []) };
    },
  };
}

/** The chain may have begun with a meter that has left the registry, or that was entered since. */
function lineOf(period: BilledPeriod, { id, stays }: Chain): HeldLine | null {
  const own = period.ofChain(id);
  if (own !== null) return own;
  for (const { meter } of stays.toReversed()) {
    const line = period.ofMeter(meter.number);
    if (line !== null) return line;
  }
  return null;
}

/** Of a chain that has no line in the last periods: it was removed, and is billed to its end. */
function longAgo(tables: BillingTables, { stays }: Chain, runs: ReadonlyMap<string, Run>): Carried | null {
  if (runs.size === 0) return null;
  const rows = stays.flatMap(({ meter }) => tables.carriedOfChain(meter.number));
  const known = rows.flatMap(({ run, carried }) => {
    const of = runs.get(run);
    return of ? [{ of, carried }] : [];
  });
  const [last] = known.sort((a, b) => b.of.from - a.of.from || b.of.revision - a.of.revision);
  return last ? parseCarried(last.carried) : null;
}
