/** An event of a kind that nothing here has words for: its name, and the words that it brings, or else its data. */
import type { Palette } from '../text/palette.ts';
import { textIn, type LineWords, type LiveEvent } from './words.ts';

const LONGEST = 120;

export function otherWords(event: LiveEvent, { name, faint }: Palette): LineWords {
  const { domain, type, data } = event;
  const own = textIn(event, 'en');
  return { symbol: name('·'), what: `${domain} ${type}`, happened: own === '' ? faint(shown(data)) : own };
}

function shown(data: LiveEvent['data']): string {
  const text = JSON.stringify(data);
  if (text === '{}') return '';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
