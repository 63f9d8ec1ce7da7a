/** A billing run as it is kept: the run of the rules, and what the gateway adds to it. */
import type { BillingRunRow } from '../../store/rows.ts';
import type { BilledUnit, DecimalText } from '../model.ts';
import type { Finding } from '../rules/checks.ts';
import type { LineQuality } from '../rules/line.ts';
import { isClosed, type Run, type Signature } from '../rules/run.ts';

export interface RunRecord {
  readonly run: Run;
  /** Null before the first draft, and of a draft that is under way or was broken off: it has to be drafted again. */
  readonly drafted: Drafted | null;
  /** When its files were put into the drop folder, Unix milliseconds; null: they were not. */
  readonly dropped: number | null;
}

export interface Drafted extends Signature {
  readonly figures: Figures;
  /** What checking it finds: computed with the lines, from the same readings; empty once it is checked, and the run has them. */
  readonly found: readonly Finding[];
}

export interface Figures {
  readonly lines: number;
  /** Lines by the quality of their closing value. */
  readonly byQuality: Readonly<Record<LineQuality, number>>;
  /** Lines of which nothing can be billed. */
  readonly withoutConsumption: number;
  /** The sum of all consumption, exact. */
  readonly consumption: DecimalText;
  /** Of the sum; null where nothing was used. */
  readonly unit: BilledUnit | null;
}

export type StoredRun = BillingRunRow<RunRecord>;

/** What may be long, and what a list of runs does without. */
export const LONG_PARTS = ['$.run.findings', '$.run.accepted', '$.drafted.found'];

/** `registry`: the version that its lines are computed from; null while it has no draft. */
export function rowOf(record: RunRecord, registry: string | null): StoredRun {
  const { id, utility, from, revision } = record.run;
  return { id, utility, from, revision, registry, closed: isClosed(record.run), run: record };
}
