/** One event as one readable line: what `run` and `tail` print. Pure. */
import { alarmWords } from './event-line/alarm-words.ts';
import { clockTime } from './event-line/clock-time.ts';
import { commandWords } from './event-line/command-words.ts';
import { deviceWords } from './event-line/device-words.ts';
import { fireWords } from './event-line/fire-words.ts';
import { floodWords } from './event-line/flood-words.ts';
import { gatewayWords } from './event-line/gateway-words.ts';
import { homeWords } from './event-line/home-words.ts';
import { otherWords } from './event-line/other-words.ts';
import { pulseWords } from './event-line/pulse-words.ts';
import { shiftWords } from './event-line/shift-words.ts';
import type { EventNames, LiveEvent, LineWords } from './event-line/words.ts';
import type { Palette } from './text/palette.ts';

export type { EventNames, LiveEvent } from './event-line/words.ts';

/**
 * `22:01:07 ▲ P1 轿厢报警  3号楼2号电梯 (lift-3-2)  raised`: the site's time, a symbol in the colour of how much it
 * matters, what, where, what happened. Null for an event that a person has no use for.
 *
 * Besides the events table (`alarm`, `command`, `input` …) it knows `alarm` `standing`: how one is, with `data.raisedAt`; `device`, of which `type` is the new state and
 * `data.reason` the words for it, and `gateway` with the types `online` and `offline`.
 */
export function formatEvent(event: LiveEvent, names: EventNames, colours: Palette): string | null {
  const words = wordsOf(event, names, colours);
  if (!words) return null;
  const { symbol, what, happened } = words;
  const parts = [what, placeOf(event.source, names, colours), happened].filter((text) => text !== '');
  return `${colours.faint(clockTime(event.at, names.site?.timezone))} ${symbol} ${parts.join('  ')}`;
}

function wordsOf(event: LiveEvent, names: EventNames, colours: Palette): LineWords | null {
  switch (event.domain) {
    case 'alarm':
      return alarmWords(event, names, colours);
    case 'alarmFlood':
      return floodWords(event, colours);
    case 'command':
      return commandWords(event, colours);
    case 'device':
      return deviceWords(event, names, colours);
    case 'fire':
      return fireWords(event, colours);
    case 'gateway':
      return gatewayWords(event, colours);
    case 'home':
      return homeWords(event, colours) ?? otherWords(event, colours);
    case 'input':
      return pulseWords(event, colours);
    case 'shift':
      return shiftWords(event, colours);
    default:
      return otherWords(event, colours);
  }
}

function placeOf(source: string, { equipment, devices, buses = [] }: EventNames, { faint }: Palette): string {
  const nameZh = [...equipment, ...devices, ...buses].find(({ id }) => id === source)?.nameZh;
  return nameZh === undefined ? source : `${nameZh} ${faint(`(${source})`)}`;
}
