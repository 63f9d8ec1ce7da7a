/** What happens to a home with zones, and is no alarm. */
import type { Palette } from '../text/palette.ts';
import { numberIn, textIn, type LineWords, type LiveEvent } from './words.ts';

/** Null for what this does not know. */
export function homeWords(event: LiveEvent, { good, warning, name }: Palette): LineWords | null {
  const by = textIn(event, 'by');
  const zone = textIn(event, 'zone');
  switch (event.type) {
    case 'armed':
      return line(good('●'), `armed to ${textIn(event, 'mode')} by ${by}${naming(', not read:', event, 'notRead')}`);
    case 'disarmed':
      return line(name('○'), `disarmed by ${by}${naming(', in time after', event, 'entered')}`);
    case 'zoneBypassed':
      return line(warning('!'), `armed without ${zone} by ${by}`);
    case 'armingRefused':
      return line(warning('!'), `not armed by ${by}${naming(': not closed:', event, 'zones')}`);
    case 'entryBegan':
      return line(
        warning('!'),
        `${zone} was opened: an alarm in ${numberIn(event, 'entryS') ?? '?'} s unless disarmed`,
      );
    case 'entryJoined':
      return line(warning('!'), `${zone} was opened, too`);
    default:
      return null;
  }
}

function line(symbol: string, happened: string): LineWords {
  return { symbol, what: 'home', happened };
}

/** `words` and the zones that are listed under `key`; nothing where there is none. */
function naming(words: string, { data }: LiveEvent, key: string): string {
  const zones = data[key];
  return Array.isArray(zones) && zones.length > 0 ? `${words} ${zones.join(', ')}` : '';
}
