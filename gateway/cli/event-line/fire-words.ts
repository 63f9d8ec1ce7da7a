/** What a fire alarm opens, in words. Its data is what gateway/fire/release-journal.ts writes. */
import type { Palette } from '../text/palette.ts';
import { numberIn, textIn, type LineWords, type LiveEvent } from './words.ts';

export function fireWords(event: LiveEvent, { alarm, bad, good, name }: Palette): LineWords {
  const what = `fire release${textIn(event, 'action') === '' ? '' : ` ${textIn(event, 'action')}`}`;
  const cause = textIn(event, 'alarm');
  switch (event.type) {
    case 'releaseAsked':
      return { symbol: name('·'), what, happened: `asked to open: ${cause}` };
    case 'releaseAnswered':
      return {
        symbol: good('✓'),
        what,
        happened: `open after ${((numberIn(event, 'afterMs') ?? 0) / 1_000).toFixed(1)} s`,
      };
    case 'releaseFailed':
      return { symbol: alarm('✗'), what: alarm(what), happened: `not open, and asked again: ${textIn(event, 'why')}` };
    case 'releaseLost':
      return { symbol: bad('▲'), what: bad(what), happened: 'not open any more, and asked again' };
    default:
      return { symbol: name('·'), what, happened: `over: ${cause} is normal again. What was opened stays open` };
  }
}
