/** Who is on duty, and how they hand over, in words. */
import type { Palette } from '../text/palette.ts';
import { numberIn, textIn, type LineWords, type LiveEvent } from './words.ts';

export function shiftWords(event: LiveEvent, { name, good, warning }: Palette): LineWords {
  const by = textIn(event, 'by');
  const persons = namesIn(event, 'persons');
  const what = `shift ${numberIn(event, 'shift') ?? '?'}`;
  switch (event.type) {
    case 'began':
      return { symbol: good('◆'), what, happened: `${persons} on duty` };
    case 'noted':
      return { symbol: name('·'), what, happened: `note ${numberIn(event, 'note') ?? '?'} by ${by}` };
    case 'signed':
      return { symbol: name('◇'), what, happened: `handed over by ${by}; waits for ${namesIn(event, 'incoming')}` };
    case 'objected':
      return { symbol: warning('◇'), what, happened: `${by} objects to the handover` };
    case 'handedOver':
      return { symbol: good('◆'), what, happened: `over; ${persons} on duty, shift ${numberIn(event, 'next') ?? '?'}` };
    default:
      return { symbol: name('·'), what, happened: event.type };
  }
}

function namesIn({ data }: LiveEvent, key: string): string {
  const names = data[key];
  return Array.isArray(names) ? names.join(', ') : '';
}
