/** Occurrences of alarms, a line each. Pure. */
import { ALARM_LETTERS } from '../../api/page/alarm-letters.ts';
import type { OccurrenceView } from '../../api/resources/occurrence.ts';
import { urgency } from '../event-line/alarm-words.ts';
import { dayAndClock } from '../event-line/clock-time.ts';
import { counted } from '../text/counted.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';
import { occurrenceName } from './occurrence-name.ts';

const COLUMNS: readonly Column[] = [
  { title: 'began' },
  { title: 'P' },
  { title: 'what' },
  { title: 'where' },
  { title: 'times', align: 'right' },
  { title: 'level', align: 'right' },
  { title: 'acknowledged' },
  { title: 'ended' },
  { title: 'now' },
  { title: 'note' },
  { title: 'occurrence' },
];

/** `timeZone`: of the site. */
export function historyLines(found: readonly OccurrenceView[], timeZone: string, colours: Palette): string[] {
  if (found.length === 0) return ['nothing of that kind has happened'];
  const time = (at: string | null): string => (at === null ? '' : dayAndClock(Date.parse(at), timeZone));
  const rows = found.map((one) => [
    time(one.beganAt),
    urgency(one.priority, colours)(`P${one.priority}`),
    occurrenceName(one),
    one.sourceNameZh ?? one.source,
    one.count > 1 ? String(one.count) : '',
    one.level > 0 ? String(one.level) : '',
    [time(one.ackedAt), one.ackedBy ?? ''].filter((words) => words !== '').join(' '),
    time(one.endedAt),
    one.state === 'closed' ? '' : `${one.letter} ${ALARM_LETTERS[one.letter]}`,
    one.note ?? '',
    colours.name(one.occurrenceId),
  ]);
  return [...table(COLUMNS, rows, colours), '', counted(found.length, 'occurrence')];
}
