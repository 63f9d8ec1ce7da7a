/** An event of a kind that has no words of its own yet: its name and its data. */
import type { Palette } from '../text/palette.ts';
import type { LineWords, LiveEvent } from './words.ts';

const LONGEST = 120;

export function otherWords({ domain, type, data }: LiveEvent, { name, faint }: Palette): LineWords {
  const text = JSON.stringify(data);
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return { symbol: name('·'), what: `${domain} ${type}`, happened: text === '{}' ? '' : faint(shown) };
}
