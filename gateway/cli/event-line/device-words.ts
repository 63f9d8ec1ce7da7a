/** A device's new state, or what has happened to it, in words. */
import type { Palette } from '../text/palette.ts';
import { dayAndClock, clockTime } from './clock-time.ts';
import { numberIn, textIn, type EventNames, type LineWords, type LiveEvent } from './words.ts';

/** Null for a state that is only the absence of one. */
export function deviceWords(
  event: LiveEvent,
  names: EventNames,
  { good, warning, bad, faint }: Palette,
): LineWords | null {
  const reason = textIn(event, 'reason');
  const why = (reason === '' ? '' : `: ${reason}`) + sinceWords(event, names.site?.timezone);
  switch (event.type) {
    case 'online':
      return { symbol: good('●'), what: 'device', happened: 'online' };
    case 'degraded':
      return { symbol: warning('◐'), what: 'device', happened: `answers in part${why}` };
    case 'offline':
      return { symbol: bad('○'), what: 'device', happened: `offline${why}` };
    case 'disabled':
      return { symbol: faint('○'), what: 'device', happened: 'switched off in the configuration' };
    case 'settingsLost':
      return { symbol: warning('!'), what: 'device', happened: textIn(event, 'en') };
    default:
      return null;
  }
}

const DAY_MS = 86_400_000;
/** What is said within this of its beginning is said at once. */
const SOON_MS = 2_000;

/** Since when, where the line does not say it by its own time. */
function sinceWords(event: LiveEvent, timeZone: string | undefined): string {
  const since = numberIn(event, 'since');
  if (since === null || Math.abs(event.at - since) < SOON_MS) return '';
  const isToday = Math.abs(event.at - since) < DAY_MS;
  return `, since ${(isToday ? clockTime : dayAndClock)(since, timeZone)}`;
}
