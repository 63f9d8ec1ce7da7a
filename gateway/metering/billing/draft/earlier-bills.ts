/** What the closed runs of earlier periods say of a chain: where its next bill begins, and what it usually uses. */
import type { Store } from '../../../store/store.ts';
import type { Boundary } from '../../rules/boundary.ts';
import type { Chain } from '../../rules/chain.ts';
import type { PastUse } from '../../rules/estimate.ts';
import { isClosed, type Run } from '../../rules/run.ts';
import { parseCarried, type Carried } from './carried.ts';

export type BillingTables = Pick<Store['billing'], 'carried' | 'carriedOfChain'>;

export interface EarlierBills {
  /** Where the last of them ends, Unix milliseconds; null: there is none. */
  readonly lastClosedTo: number | null;
  of(chain: Chain): { readonly billed: Boundary | null; readonly history: readonly PastUse[] };
}

/** A year, and the month of the year before. */
const PERIODS = 13;

/** `runs`: every run of the utility. `before`: where the period begins that is billed, Unix milliseconds. */
export function earlierBills(tables: BillingTables, runs: readonly Run[], before: number): EarlierBills {
  const closed = runs.filter((run) => isClosed(run) && run.from < before);
  const periods = [...Map.groupBy(closed, ({ from }) => from)].sort(([a], [b]) => b - a).map(([, of]) => of);
  const recent = periods.slice(0, PERIODS).map((of) => new BilledPeriod(tables, of));
  const ranks = new Map(periods.slice(PERIODS).flatMap((of) => of.map((run) => [run.id, run] as const)));
  return {
    lastClosedTo: periods[0]?.[0]?.to ?? null,
    of(chain) {
      const carried = recent.flatMap((period) => period.of(chain) ?? []);
      const last = carried[0] ?? longAgo(tables, chain, ranks);
      return { billed: last?.billedTo ?? null, history: carried.flatMap(({ use }) => use ?? []) };
    },
  };
}

/** The lines that hold for one period. */
class BilledPeriod {
  /** By chain; those of later revisions over those of earlier ones. */
  readonly #texts = new Map<string, string>();
  #byMeter: ReadonlyMap<string, string> | undefined;

  constructor(tables: BillingTables, runs: readonly Run[]) {
    for (const { id } of [...runs].sort((a, b) => a.revision - b.revision)) {
      for (const [chain, carried] of tables.carried(id)) this.#texts.set(chain, carried);
    }
  }

  of({ id, stays }: Chain): Carried | null {
    const own = this.#texts.get(id);
    if (own !== undefined) return parseCarried(own);
    // The chain began with a meter that has left the registry, or that was entered since.
    this.#byMeter ??= new Map(
      [...this.#texts.values()].flatMap((text) => parseCarried(text).meters.map((meter) => [meter, text] as const)),
    );
    for (const { meter } of stays.toReversed()) {
      const text = this.#byMeter.get(meter.number);
      if (text !== undefined) return parseCarried(text);
    }
    return null;
  }
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
