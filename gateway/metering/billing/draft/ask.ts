/** What is to be drafted: plain data, as it travels to the thread that does it. */
import type { NewBillingLine } from '../../../store/rows.ts';
import type { Meter } from '../../model.ts';
import type { Finding } from '../../rules/checks.ts';
import type { Tolerances } from '../../rules/closing.ts';
import type { ClockRules } from '../../rules/meter-clock.ts';
import type { Run } from '../../rules/run.ts';
import type { Figures } from '../record.ts';

export interface DraftAsked {
  readonly run: Run;
  /** Every other run of the utility, without its findings. */
  readonly others: readonly Run[];
  /** Of the utility, in the order of the registry. */
  readonly meters: readonly Meter[];
  /** Where a meter's own clock is read, by its number. */
  readonly clocks: ReadonlyMap<string, { readonly device: string; readonly point: string }>;
  readonly tolerances: Tolerances;
  readonly estimates: boolean;
  readonly clockRules: ClockRules;
}

/** Some lines of the draft, in their order. */
export type DraftChunk = readonly NewBillingLine[];

export interface DraftEnd {
  readonly figures: Figures;
  readonly found: readonly Finding[];
  /** Of a revision: chains of the lines that it corrects and has no line instead of. */
  readonly withoutLine: readonly string[];
}
