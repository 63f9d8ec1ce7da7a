/** The lines that hold for one period of a utility, whichever of its closed runs has them. */
import type { Store } from '../../../store/store.ts';
import type { Run } from '../../rules/run.ts';
import { billsItselfAlone, parseCarried, type Carried } from './carried.ts';

export type CarriedTables = Pick<Store['billing'], 'carried' | 'carriedOf'>;

export interface HeldLine {
  readonly run: string;
  readonly chain: string;
  readonly carried: Carried;
}

/** Lines are asked for one by one: those of a year would be most of what a draft holds. */
export class BilledPeriod {
  readonly #tables: CarriedTables;
  /** Later revisions first: their lines hold over those of earlier ones. */
  readonly #runs: readonly Run[];
  #chains: ReadonlyMap<string, string> | undefined;

  /** `runs`: the closed ones of the period. */
  constructor(tables: CarriedTables, runs: readonly Run[]) {
    this.#tables = tables;
    this.#runs = runs.toSorted((a, b) => b.revision - a.revision);
  }

  /** Null where it has none: a correction may have made it part of another line. */
  ofChain(chain: string): HeldLine | null {
    for (const { id, corrections } of this.#runs) {
      const text = this.#tables.carriedOf(id, chain);
      if (text !== undefined) return { run: id, chain, carried: parseCarried(text) };
      if (corrections.some((correction) => correction.chain === chain)) return null;
    }
    return null;
  }

  /** The line that bills a meter, whatever it is named after. */
  ofMeter(number: string): HeldLine | null {
    this.#chains ??= this.#chainsOfOthers();
    for (const chain of new Set([number, this.#chains.get(number) ?? number])) {
      const line = this.ofChain(chain);
      if (line?.carried.meters.includes(number) === true) return line;
    }
    return null;
  }

  /** Those whose chain is none of `known`. */
  *without(known: ReadonlySet<string>): Generator<HeldLine> {
    for (const { id } of this.#runs) {
      const strange: string[] = [];
      for (const [chain] of this.#tables.carried(id)) if (!known.has(chain)) strange.push(chain);
      for (const chain of strange) {
        const line = this.ofChain(chain);
        if (line?.run === id) yield line;
      }
    }
  }

  /** Of the meters that were billed in a chain that is not named after them, which. They are few. */
  #chainsOfOthers(): Map<string, string> {
    const chains = new Map<string, string>();
    for (const { id } of this.#runs.toReversed()) {
      for (const [chain, text] of this.#tables.carried(id)) {
        if (billsItselfAlone(chain, text)) continue;
        for (const meter of parseCarried(text).meters) if (meter !== chain) chains.set(meter, chain);
      }
    }
    return chains;
  }
}

/** The closed runs of each period, in the order of `runs`. */
export function closedPeriods(tables: CarriedTables, runs: readonly Run[]): BilledPeriod[] {
  return [...Map.groupBy(runs, ({ from }) => from).values()].map((of) => new BilledPeriod(tables, of));
}
