/** How a command ended, in words. Its data is the command's row, or the message of the feed. */
import type { Palette } from '../text/palette.ts';
import { textIn, type LineWords, type LiveEvent } from './words.ts';

/** Null while it has not ended. */
export function commandWords(event: LiveEvent, { good, bad, warning }: Palette): LineWords | null {
  const action = textIn(event, 'action');
  const { value = null } = event.data;
  const asked = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? ` ${value}` : '';
  const what = `command ${action}${asked}`;
  const error = textIn(event, 'error');
  const why = error === '' ? '' : `: ${error}`;
  const by = textIn(event, 'by');
  const whose = by === '' ? '' : ` (asked by ${by})`;
  switch (event.type) {
    case 'done':
      return { symbol: good('✓'), what, happened: `done${whose}` };
    case 'failed':
      return { symbol: bad('✗'), what, happened: `failed${whose}${why}` };
    case 'expired':
      return { symbol: warning('✗'), what, happened: `not sent in time${whose}` };
    case 'refused':
      return { symbol: warning('✗'), what, happened: `refused${why}` };
    default:
      return null;
  }
}
