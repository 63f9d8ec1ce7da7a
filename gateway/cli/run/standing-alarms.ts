/** What was left of earlier runs and still needs a person: alarms that nobody has acknowledged. */
import type { Gateway } from '../../main.ts';
import type { AlarmRow } from '../../store/rows.ts';
import { formatEvent, type LiveEvent } from '../event-line.ts';
import { counted } from '../text/counted.ts';
import type { Palette } from '../text/palette.ts';

/** Raised, or gone again, and not acknowledged: docs/alarms.md has the letters. */
const UNACKNOWLEDGED: readonly AlarmRow['letter'][] = ['B', 'D', 'E'];
const MOST_LINES = 20;

/** Most urgent first, the oldest of them before the others; nothing where there are none. `now` is Unix milliseconds. */
export function standingAlarmLines(
  { store, config }: Pick<Gateway, 'store' | 'config'>,
  palette: Palette,
  now: number,
): string[] {
  const waiting = store.alarms
    .list('nonNormal')
    .filter(({ letter }) => UNACKNOWLEDGED.includes(letter))
    .sort((a, b) => a.priority - b.priority || a.changedAt - b.changedAt);
  if (waiting.length === 0) return [];
  const lines = waiting.slice(0, MOST_LINES).map((row) => formatEvent(standing(row, now), config(), palette));
  const more = waiting.length - MOST_LINES;
  return [
    `${counted(waiting.length, 'alarm')} from before, not acknowledged:`,
    ...lines.filter((line) => line !== null),
    ...(more > 0 ? [palette.faint(`and ${more} more: /api/v1/alarms has them`)] : []),
    '',
  ];
}

function standing({ alarm, source, type, priority, letter, raisedAt }: AlarmRow, at: number): LiveEvent {
  const data = { alarm, alarmType: type, priority, to: letter, raisedAt };
  return { domain: 'alarm', type: 'standing', source, at, data };
}
