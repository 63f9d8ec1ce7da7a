/** An alarm's transition in words. Its data is what the recorder writes: gateway/store/record.ts. */
import { isHiddenLetter } from '../../alarms/letters.ts';
import { channelOf } from '../../alarms/types.ts';
import { dayAndClock } from './clock-time.ts';
import type { Palette } from '../text/palette.ts';
import { numberIn, textIn, type EventNames, type LineWords, type LiveEvent } from './words.ts';

export function alarmWords(event: LiveEvent, { alarms, site }: EventNames, colours: Palette): LineWords {
  const type = textIn(event, 'alarmType');
  const name = alarms.find((alarm) => alarm.type === type)?.settings.nameZh ?? type;
  const priority = numberIn(event, 'priority');
  const { symbol, happened, calms } = transitionWords(event, site?.timezone);
  const paint = calms ? colours.good : urgency(priority, colours);
  const marks = [
    event.data['detectedAfterOutage'] === true && ', began while nobody was looking',
    event.data['drill'] === true && ', a drill',
  ].filter((mark) => mark !== false);
  const channel = channelOf(textIn(event, 'alarm'), event.source);
  const what = paint(`P${priority ?? '?'} ${name}${channel === null ? '' : ` ${channel}`}`);
  return { symbol: paint(symbol), what, happened: happened + marks.join('') };
}

interface Transition {
  readonly symbol: string;
  readonly happened: string;
  /** Somebody has dealt with it, or it has passed. */
  readonly calms: boolean;
}

function transitionWords(event: LiveEvent, timeZone: string | undefined): Transition {
  const count = numberIn(event, 'count') ?? 1;
  const times = count > 1 ? `, ${count} times now` : '';
  const by = textIn(event, 'by');
  const note = textIn(event, 'note');
  const person = (by === '' ? '' : ` by ${by}`) + (note === '' ? '' : `: ${note}`);
  switch (event.type) {
    case 'raise':
      if (isHidden(event)) return { symbol: '·', happened: `raised while it is hidden${times}`, calms: true };
      return { symbol: '▲', happened: `raised${times}${by === '' ? '' : person}`, calms: false };
    case 'raiseAgain':
      return { symbol: '▲', happened: `raised again${times}`, calms: false };
    case 'reAlarm':
      return { symbol: '▲', happened: 'still active: announced again', calms: false };
    case 'escalate':
      return {
        symbol: '▲',
        happened: `nobody has acknowledged it: level ${numberIn(event, 'escalation') ?? '?'}`,
        calms: false,
      };
    case 'standing':
      return standingWords(event, timeZone);
    case 'clear':
      return { symbol: '▽', happened: `no longer active${remains(event)}`, calms: true };
    case 'ack':
      return { symbol: '✓', happened: `acknowledged${person}${remains(event)}`, calms: true };
    case 'reset':
      return { symbol: '✓', happened: `reset${person}`, calms: true };
    case 'shelve':
      return { symbol: '·', happened: `shelved${person}`, calms: true };
    case 'suppress':
      return { symbol: '·', happened: `hidden: ${note} explains it`, calms: true };
    case 'removeFromService':
      return { symbol: '·', happened: `taken out of service${person}`, calms: true };
    case 'unshelve':
      return uncovered(event, { shown: `shown again${person}`, over: `unshelved${person}` });
    case 'placeInService':
      return uncovered(event, { shown: `shown again${person}`, over: `put back in service${person}` });
    case 'unsuppress':
      return uncovered(event, { shown: `shown again: ${note} is over`, over: `no longer explained: ${note} is over` });
    default:
      return { symbol: '·', happened: event.type, calms: false };
  }
}

/** One thing less hides it. `over`: where there is nothing to show, or something else that hides it still. */
function uncovered(event: LiveEvent, { shown, over }: { readonly shown: string; readonly over: string }): Transition {
  if (isHidden(event)) return { symbol: '·', happened: `${over}; still hidden`, calms: true };
  if (textIn(event, 'to') === 'A') return { symbol: '·', happened: over, calms: true };
  return { symbol: '·', happened: `${shown}${remains(event)}`, calms: false };
}

/** How one is, of which it is not said what happened. */
function standingWords(event: LiveEvent, timeZone: string | undefined): Transition {
  if (textIn(event, 'to') === 'A') return { symbol: '▽', happened: 'normal again', calms: true };
  const hidden = isHidden(event);
  const remaining = hidden ? '; hidden' : remains(event) || '; to be acknowledged';
  return { symbol: hidden ? '·' : '▲', happened: `stands${since(event, timeZone)}${remaining}`, calms: hidden };
}

/** Nobody is told of it now: it is shelved, explained by another alarm, or out of service. */
function isHidden(event: LiveEvent): boolean {
  return isHiddenLetter(event.data['to']);
}

function since(event: LiveEvent, timeZone: string | undefined): string {
  const raisedAt = numberIn(event, 'raisedAt');
  return raisedAt === null ? '' : ` since ${dayAndClock(raisedAt, timeZone)}`;
}

/** What is still to be done, by the letter of the state after it: docs/alarms.md has the table. */
function remains(event: LiveEvent): string {
  switch (textIn(event, 'to')) {
    case 'C':
      return '; still active';
    case 'D':
      return '; to be acknowledged';
    case 'E':
      return '; to be acknowledged and reset';
    case 'F':
      return '; to be reset';
    default:
      return '';
  }
}

/** 1: life, 2: urgent, 3: soon, 4: in working hours. */
export function urgency(priority: number | null, colours: Palette): (text: string) => string {
  switch (priority) {
    case 1:
      return colours.alarm;
    case 2:
      return colours.bad;
    case 3:
      return colours.warning;
    default:
      return colours.name;
  }
}
