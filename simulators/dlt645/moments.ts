/** When a meter keeps its registers: the moments of its settlement day and of its freezes, by its own clock. */
import { DAY_MS, HOUR_MS, MINUTE_MS, localMs, wallOf, type LocalMs } from '../metering/local-time.ts';

/** `month`: on that day; of each, at that hour and minute. */
export type Recurring =
  | { readonly each: 'hour'; readonly minute: number }
  | { readonly each: 'day'; readonly hour: number; readonly minute: number }
  | { readonly each: 'month'; readonly day: number; readonly hour: number; readonly minute: number };

/** The `ago`th last of these moments (1 is the last one) when the meter's clock shows `shown`. */
export function lastMoment(recurring: Recurring, shown: LocalMs, ago: number): LocalMs {
  switch (recurring.each) {
    case 'hour':
      return lastOf(HOUR_MS, recurring.minute * MINUTE_MS, shown, ago);
    case 'day':
      return lastOf(DAY_MS, recurring.hour * HOUR_MS + recurring.minute * MINUTE_MS, shown, ago);
    case 'month': {
      const { year, month } = wallOf(shown);
      const { day, hour, minute } = recurring;
      const thisMonth = localMs(year, month, day, hour, minute);
      return localMs(year, month - ago + (thisMonth <= shown ? 1 : 0), day, hour, minute);
    }
  }
}

function lastOf(every: number, offset: number, shown: LocalMs, ago: number): LocalMs {
  return Math.floor((shown - offset) / every - (ago - 1)) * every + offset;
}
