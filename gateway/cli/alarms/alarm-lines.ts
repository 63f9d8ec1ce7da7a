/** Alarms, a line each. Pure. */
import type { z } from 'zod';
import { ALARM_LETTERS } from '../../api/page/alarm-letters.ts';
import type { alarmSchema } from '../../api/resources/alarm.ts';
import { urgency } from '../event-line/alarm-words.ts';
import { dayAndClock } from '../event-line/clock-time.ts';
import { counted } from '../text/counted.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

export type AlarmShown = z.output<typeof alarmSchema>;

const COLUMNS: readonly Column[] = [
  { title: 'P' },
  { title: 'what' },
  { title: 'where' },
  { title: 'state' },
  { title: 'since' },
  { title: 'times', align: 'right' },
  { title: 'by whom, why' },
  { title: 'alarm' },
];

/** `timeZone`: of the site. */
export function alarmLines(alarms: readonly AlarmShown[], timeZone: string, colours: Palette): string[] {
  const abnormal = alarms.filter(({ letter }) => letter !== 'A').length;
  const sum = abnormal === 0 ? colours.good('✓ everything is normal') : `${counted(abnormal, 'alarm')} not normal`;
  if (alarms.length === 0) return [sum];
  const rows = alarms.map((alarm) => {
    const { letter, raisedAt, count } = alarm;
    const paint = letter === 'A' ? colours.faint : urgency(alarm.priority, colours);
    return [
      paint(`P${alarm.priority}`),
      nameOf(alarm),
      alarm.sourceNameZh ?? alarm.source,
      stateOf(letter, colours),
      raisedAt === null || letter === 'A' ? '' : dayAndClock(Date.parse(raisedAt), timeZone),
      count > 1 && letter !== 'A' ? String(count) : '',
      reasonOf(alarm, timeZone),
      colours.name(alarm.alarm),
    ];
  });
  return [...table(COLUMNS, rows, colours), '', sum];
}

/** `轿厢报警`, and the channel where a source has several of one type. */
export function nameOf({ nameZh, type, channel }: AlarmShown): string {
  return channel === null ? (nameZh ?? type) : `${nameZh ?? type} ${channel}`;
}

export function stateOf(letter: AlarmShown['letter'], { strong }: Palette): string {
  return `${strong(letter)} ${ALARM_LETTERS[letter]}`;
}

/** Who has dealt with it, or hides it, and why; what hides it first, as the letters do. */
function reasonOf(alarm: AlarmShown, timeZone: string): string {
  const { letter, permit, suppressedBy, shelving, escalation, ackedBy, drill } = alarm;
  const said: (string | false | null)[] = [
    letter === 'I' && permit && `${permit.by}: ${permit.text}`,
    letter === 'H' && `hidden by ${suppressedBy.join(', ')}`,
    letter === 'G' && shelving && `${shelving.by}${untilOf(shelving.until, timeZone)}: ${shelving.reason}`,
    (letter === 'C' || letter === 'F') && ackedBy,
    ['B', 'D', 'E'].includes(letter) && escalation > 0 && `nobody: level ${escalation}`,
    drill && 'a drill',
  ];
  return said.filter((words) => typeof words === 'string' && words !== '').join('; ');
}

function untilOf(until: string | null, timeZone: string): string {
  return until === null ? '' : ` until ${dayAndClock(Date.parse(until), timeZone)}`;
}
