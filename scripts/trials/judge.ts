/** Whether a line of a bill is what the dials showed. Pure: it is told what they showed. */
import type { SheetBoundary, SheetLine } from './workbook.ts';

/**
 * What the dial showed around a moment. `exact`: at it; `least`, `most`: within what the time of the reading is not sure by. All in the
 * register's unit.
 */
export interface DialAround {
  readonly exact: string;
  readonly least: string;
  readonly most: string;
}

/**
 * `equal`: decimal for decimal. `near`: between what the dial showed just before and just after. `explained`: it is not, or there is none,
 * and what is wrong with the meter says why.
 */
export type Verdict =
  { readonly kind: 'equal' | 'near' } | { readonly kind: 'explained' | 'unexplained'; readonly why: string };

/** What may come of it, of what is wrong with a meter. Of the others every value has to be right. */
const EXCUSES: Readonly<Record<string, { readonly missing: string }>> = {
  dead: { missing: 'it answers no more' },
  late: { missing: 'most of its answers come after the reply time' },
};

export function judgeBoundary(boundary: SheetBoundary, trouble: string | null, around: DialAround | null): Verdict {
  const excuse = trouble === null ? undefined : EXCUSES[trouble];
  if (boundary.value === '' || around === null) {
    const why = excuse?.missing ?? 'there is no value';
    return { kind: excuse?.missing === undefined ? 'unexplained' : 'explained', why };
  }
  if (boundary.value === around.exact) return { kind: 'equal' };
  const value = Number(boundary.value);
  if (value >= Number(around.least) && value <= Number(around.most)) return { kind: 'near' };
  return { kind: 'unexplained', why: `the dial showed ${around.exact}, the bill says ${boundary.value}` };
}

/** `used`: what has really gone through between the two; `step`: of the last digit. */
export function judgeConsumption(line: SheetLine, trouble: string | null, used: number | null, step: number): Verdict {
  if (line.consumption === '' || used === null) {
    const missing = trouble === null ? undefined : EXCUSES[trouble]?.missing;
    if (missing !== undefined) return { kind: 'explained', why: missing };
    if (trouble === 'jumps-back') return { kind: 'explained', why: 'the register went back' };
    return { kind: 'unexplained', why: 'nothing is billed' };
  }
  // Two dials are cut off at their last digit, and the moments of two readings are not exact.
  if (Math.abs(Number(line.consumption) - used) <= step) return { kind: 'equal' };
  const why = `${used.toFixed(2)} went through it, ${line.consumption} is billed`;
  if (trouble === 'jumps-back') return { kind: 'explained', why: `the register went back unseen: ${why}` };
  if (trouble === 'stuck') return { kind: 'explained', why: `the register stands still: ${why}` };
  return { kind: 'unexplained', why };
}
