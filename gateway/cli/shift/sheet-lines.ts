/** A handover sheet in short: what the next ones must know first. Pure. */
import { channelOf } from '../../alarms/types.ts';
import type { HandoverSheet, SheetAlarm } from '../../shifts/sheet/schema.ts';
import { dayAndClock } from '../event-line/clock-time.ts';
import { counted } from '../text/counted.ts';
import type { Palette } from '../text/palette.ts';

const WAITING: readonly string[] = ['B', 'D', 'E'];

export function sheetLines(sheet: HandoverSheet, colours: Palette): string[] {
  const { strong, faint } = colours;
  const time = (at: string | null): string => (at === null ? '' : dayAndClock(Date.parse(at), sheet.site.timezone));
  const names = new Map(sheet.people.map(({ id, name }) => [id, name]));
  const { standing, shelved, outOfService, suppressed, openItems, notes, occurrences, devices, figures } = sheet;
  const alarmLine = (alarm: SheetAlarm): string => `  ${wordsOf(alarm, time, colours)}`;
  const noteLine = ({ id, at, by, text }: HandoverSheet['notes']['items'][number]): string =>
    `  ${id}  ${time(at)}  ${names.get(by) ?? by}: ${text}`;
  return [
    strong(`${sheet.site.nameZh}, shift ${sheet.shift}: ${sheet.outgoing.map(({ name }) => name).join(', ')}`),
    faint(`  ${time(sheet.from)} to ${time(sheet.to)}`),
    ...headed(`to be done: ${openItems.length}`, openItems.map(noteLine)),
    ...headed(`not normal now: ${standing.total}`, standing.items.map(alarmLine)),
    ...headed(`shelved: ${shelved.total}`, shelved.items.map(alarmLine)),
    ...headed(`out of service: ${outOfService.total}`, outOfService.items.map(alarmLine)),
    `suppressed by design: ${suppressed.total}; devices in trouble: ${devices.total}`,
    `alarms begun or dealt with: ${occurrences.total}; ${counted(figures.alarms, 'announcement')}`,
    ...headed(`notes: ${notes.total}`, notes.items.map(noteLine)),
  ];
}

function headed(title: string, lines: readonly string[]): string[] {
  return [title, ...lines];
}

function wordsOf(alarm: SheetAlarm, time: (at: string | null) => string, { warning }: Palette): string {
  const { priority, nameZh, source, sourceNameZh, letter, since, until, why, by, drill } = alarm;
  const said = [
    drill ? 'a drill' : '',
    why ?? '',
    by === null ? '' : `by ${by}`,
    until === null ? '' : `until ${time(until)}`,
  ];
  const state = WAITING.includes(letter) ? warning(letter) : letter;
  const more = said.filter((text) => text !== '').join(', ');
  const what = nameZh === null ? [alarm.alarm] : [nameZh, channelOf(alarm.alarm, source) ?? []].flat();
  return `P${priority} ${state} ${what.join(' ')}  ${sourceNameZh ?? source}  ${time(since)}  ${more}`.trimEnd();
}
