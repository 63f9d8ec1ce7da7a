/** What is not normal by groups, a line each, and whether there is a flood. Pure. */
import type { z } from 'zod';
import type { groupsSchema } from '../../api/resources/alarm-group.ts';
import { urgency } from '../event-line/alarm-words.ts';
import { dayAndClock } from '../event-line/clock-time.ts';
import { counted } from '../text/counted.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';
import { nameOf } from './alarm-lines.ts';

export type Groups = z.output<typeof groupsSchema>;

const COLUMNS: readonly Column[] = [
  { title: 'P' },
  { title: 'what' },
  { title: 'where' },
  { title: 'alarms', align: 'right' },
  { title: 'nobody yet', align: 'right' },
  { title: 'explains', align: 'right' },
  { title: 'first' },
  { title: 'first alarm' },
];

/** `timeZone`: of the site. */
export function groupLines({ flood, lines, hidden }: Groups, timeZone: string, colours: Palette): string[] {
  const time = (at: string | null): string => (at === null ? '' : dayAndClock(Date.parse(at), timeZone));
  const tide = flood === null ? [] : [colours.alarm(`报警洪水 a flood of alarms since ${time(flood.since)}`), ''];
  const rows = lines.map(({ priority, type, place, firstOut, alarms, unacknowledged, explains }) => [
    urgency(priority, colours)(`P${priority}`),
    type === null ? 'of several types' : nameOf({ ...firstOut, channel: null }),
    place ?? 'at several places',
    String(alarms.length),
    unacknowledged > 0 ? colours.bad(String(unacknowledged)) : '',
    explains.length > 0 ? String(explains.length) : '',
    time(firstOut.announcedAt ?? firstOut.raisedAt),
    colours.name(firstOut.alarm),
  ]);
  const none = colours.good('✓ there is nothing to be dealt with');
  const others = hidden.length > 0 ? [`${counted(hidden.length, 'alarm')} hidden besides: gatehouse alarms`] : [];
  return [...tide, ...(rows.length > 0 ? table(COLUMNS, rows, colours) : [none]), ...others];
}
