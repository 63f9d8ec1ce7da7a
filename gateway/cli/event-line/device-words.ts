/** A device's new state in words. */
import type { Palette } from '../text/palette.ts';
import { textIn, type LineWords, type LiveEvent } from './words.ts';

/** Null for a state that is only the absence of one. */
export function deviceWords(event: LiveEvent, { good, warning, bad, faint }: Palette): LineWords | null {
  const reason = textIn(event, 'reason');
  const why = reason === '' ? '' : `: ${reason}`;
  switch (event.type) {
    case 'online':
      return { symbol: good('●'), what: 'device', happened: 'online' };
    case 'degraded':
      return { symbol: warning('◐'), what: 'device', happened: `answers in part${why}` };
    case 'offline':
      return { symbol: bad('○'), what: 'device', happened: `offline${why}` };
    case 'disabled':
      return { symbol: faint('○'), what: 'device', happened: 'switched off in the configuration' };
    default:
      return null;
  }
}
