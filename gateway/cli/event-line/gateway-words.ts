/** The gateway itself coming and going, as its consumers see it. */
import type { Palette } from '../text/palette.ts';
import { textIn, type LineWords, type LiveEvent } from './words.ts';

export function gatewayWords(event: LiveEvent, { good, alarm }: Palette): LineWords {
  if (event.type === 'online') {
    return { symbol: good('●'), what: 'gateway', happened: `online, version ${textIn(event, 'version')}` };
  }
  return { symbol: alarm('○'), what: alarm('gateway'), happened: 'offline: no alarm comes until it is back' };
}
