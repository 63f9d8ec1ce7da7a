/** When a slave keeps what its register shows: the end of a day, each year or each month, by its own clock. */
import { DAY_MS, localMs, wallOf, type LocalMs } from '../metering/local-time.ts';
import type { MbusMoment } from './model.ts';

export type Due = { readonly each: 'year'; readonly month: number; readonly day: number } | { readonly each: 'month' };

/** The day at whose end it was kept, as the clock shows it, and when that was. */
export interface Kept {
  readonly day: LocalMs;
  readonly at: LocalMs;
}

/** Each month: its last day, `ago` months before the latest. */
export function keptBefore({ clock, local }: MbusMoment, due: Due, ago = 0): Kept {
  const shown = clock.shows(local);
  const end = due.each === 'month' ? endOfMonth(shown, ago) : endOfYear(shown, due);
  return { day: end - DAY_MS, at: clock.reached(end) };
}

function endOfMonth(shown: LocalMs, ago: number): LocalMs {
  const { year, month } = wallOf(shown);
  return localMs(year, month - ago, 1);
}

function endOfYear(shown: LocalMs, { month, day }: { readonly month: number; readonly day: number }): LocalMs {
  const { year } = wallOf(shown);
  const isAhead = localMs(year, month, day + 1) > shown;
  return localMs(isAhead ? year - 1 : year, month, day + 1);
}
