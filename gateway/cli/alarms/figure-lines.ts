/** How the alarm system performs, a line for the whole and for each part; then what chatters, what is stale, and floods. Pure. */
import type { z } from 'zod';
import type { figuresSchema } from '../../api/resources/alarm-figures.ts';
import type { performanceSchema } from '../../api/resources/performance.ts';
import { span } from '../../print/times.ts';
import { dayAndClock } from '../event-line/clock-time.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';
import { nameOf, type AlarmShown } from './alarm-lines.ts';

export type Performance = z.output<typeof performanceSchema>;

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'alarms', align: 'right' },
  { title: 'in 10 min', align: 'right' },
  { title: 'at most', align: 'right' },
  { title: 'in flood', align: 'right' },
  { title: 'chattering', align: 'right' },
  { title: 'standing', align: 'right' },
  { title: 'stale', align: 'right' },
  { title: 'acknowledged', align: 'right' },
  { title: 'after', align: 'right' },
  { title: 'not yet', align: 'right' },
];

/** `timeZone`: of the site. */
export function figureLines(performance: Performance, timeZone: string, colours: Palette): string[] {
  const { from, to, total, items, chattering, stale, floods } = performance;
  const time = (at: string | null): string => (at === null ? 'now' : dayAndClock(Date.parse(at), timeZone));
  const rows = items.map((item) => cells(item.nameZh === null ? item.key : `${item.nameZh} (${item.key})`, item));
  return [
    `${time(from)} – ${time(to)}`,
    ...table(COLUMNS, [cells('合计 all', total), ...rows], colours),
    ...floods.map((flood) => colours.bad(`报警洪水 flood ${time(flood.from)} – ${time(flood.to)}`)),
    ...chattering.map(
      ({ alarm, onsets, mostPerMinute }) =>
        `抖动 chattering ${aboutOf(alarm)}: came ${onsets} times, ${mostPerMinute} within a minute`,
    ),
    ...stale.map((alarm) => `长期未消 stale ${aboutOf(alarm)}: since ${time(alarm.raisedAt)}`),
  ];
}

function cells(name: string, figures: z.output<typeof figuresSchema>): string[] {
  const { alarms, perTenMinutes, inFlood, chattering, standing, stale, acknowledged, unacknowledged } = figures;
  const { meanToAcknowledgeS: mean } = figures;
  return [
    ...[name, String(alarms), String(perTenMinutes.mean), String(perTenMinutes.max)],
    ...[inFlood, chattering, standing ?? 0, stale ?? 0, acknowledged].map((count) => (count > 0 ? String(count) : '')),
    mean === null ? '' : span(mean * 1_000),
    unacknowledged > 0 ? String(unacknowledged) : '',
  ];
}

function aboutOf(alarm: AlarmShown): string {
  return `P${alarm.priority} ${nameOf(alarm)} ${alarm.sourceNameZh ?? alarm.source} (${alarm.alarm})`;
}
