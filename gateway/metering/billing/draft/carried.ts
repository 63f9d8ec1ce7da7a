/** What a line carries forward to later periods: a few words, because a draft reads those of a year. */
import type { Boundary } from '../../rules/boundary.ts';
import type { PastUse } from '../../rules/estimate.ts';
import { pastUseOf, type BillLine } from '../../rules/line.ts';

export interface Carried {
  readonly billedTo: Boundary | null;
  readonly use: PastUse | null;
  /** The numbers of the meters that it billed: a chain may have lost its first one since. */
  readonly meters: readonly string[];
}

export function carriedOf(line: BillLine): Carried {
  return { billedTo: line.billedTo, use: pastUseOf(line), meters: line.meters };
}

export function carriedText(line: BillLine): string {
  return JSON.stringify(carriedOf(line));
}

export function parseCarried(text: string): Carried {
  return JSON.parse(text) as Carried;
}
