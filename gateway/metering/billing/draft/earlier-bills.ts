/** What the closed runs of earlier periods say of a chain: where its next bill begins, and what it usually uses. */
import type { Store } from '../../../store/store.ts';
import type { Boundary } from '../../rules/boundary.ts';
import type { Chain } from '../../rules/chain.ts';
import type { PastUse } from '../../rules/estimate.ts';
import { isClosed, type Run } from '../../rules/run.ts';
import { billsItselfAlone, parseCarried, type Carried } from './carried.ts';

export type BillingTables = Pick<Store['billing'], 'carried' | 'carriedOf' | 'carriedOfChain'>;

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

/** The lines that hold for one period. Asked for one by one: those of a year would be most of what a draft holds. */
class BilledPeriod {
  readonly #tables: BillingTables;
  /** Of later revisions first: their lines hold over those of earlier ones. */
  readonly #runs: readonly string[];
  #chains: ReadonlyMap<string, string> | undefined;

  constructor(tables: BillingTables, runs: readonly Run[]) {
    this.#tables = tables;
    this.#runs = [...runs].sort((a, b) => b.revision - a.revision).map(({ id }) => id);
  }

  of({ id, stays }: Chain): Carried | null {
    const own = this.#line(id);
    if (own !== null) return own;
    // The chain began with a meter that has left the registry, or that was entered since.
    this.#chains ??= this.#chainsOfOthers();
    for (const { meter } of stays.toReversed()) {
      const line = this.#line(this.#chains.get(meter.number) ?? meter.number);
      if (line?.meters.includes(meter.number) === true) return line;
    }
    return null;
  }

  #line(chain: string): Carried | null {
    for (const run of this.#runs) {
      const text = this.#tables.carriedOf(run, chain);
      if (text !== undefined) return parseCarried(text);
    }
    return null;
  }

  /** Of the meters that were billed in a chain that is not named after them, which. They are few. */
  #chainsOfOthers(): Map<string, string> {
    const chains = new Map<string, string>();
    for (const run of this.#runs.toReversed()) {
      for (const [chain, text] of this.#tables.carried(run)) {
        if (billsItselfAlone(chain, text)) continue;
        for (const meter of parseCarried(text).meters) if (meter !== chain) chains.set(meter, chain);
      }
    }
    return chains;
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
