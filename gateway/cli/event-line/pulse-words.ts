/** What an input module counted since the poll before, in words: a press counts, however long it is held. */
import type { Palette } from '../text/palette.ts';
import { numberIn, type LineWords, type LiveEvent } from './words.ts';

export function pulseWords(event: LiveEvent, colours: Palette): LineWords {
  const count = numberIn(event, 'count') ?? 1;
  const channel = numberIn(event, 'channel');
  const late = event.data['afterOutage'] === true ? ' while nobody was looking' : '';
  return {
    symbol: colours.name('∿'),
    what: `input ${channel ?? '?'}`,
    happened: `counted ${count === 1 ? 'once' : `${count} times`}${late}`,
  };
}
