/** Days and times as spreadsheets write them → local wall-clock time. */
import { halfWidth } from '../../config/files/half-width.ts';
import type { LocalTime } from '../model.ts';
import { parsed, refused, type Parsed } from './parsed.ts';

const DAY = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:$|[ T]+(?=\d))/;
const CHINESE_DAY = /^(\d{4})年(\d{1,2})月(\d{1,2})日(?:$|\s*(?=\d))/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?$/;

/** No meter of a community was installed before, and none will be after. */
const FIRST_YEAR = 1980;
const LAST_YEAR = 2099;

const SUCH_AS = 'such as 2026-11-01 or 2026-11-01 08:00';

/** Takes `2026-11-01`, `2026/11/1`, `2026.11.1` and `2026年11月1日`, with a time or without: then it is 00:00. */
export function parseLocalTime(cell: string): Parsed<LocalTime> {
  const text = halfWidth(cell);
  // What a spreadsheet keeps a day as.
  if (/^\d{5}(\.\d+)?$/.test(text)) return refused(text, 'must be a day', 'format the column as a date, or as text');
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/.test(text)) {
    return refused(text, 'must be a day with its year first', SUCH_AS);
  }
  const day = DAY.exec(text) ?? CHINESE_DAY.exec(text);
  if (!day) return refused(text, 'must be a day, or a day and a time', SUCH_AS);
  const rest = text.slice(day[0].length);
  const time = rest === '' ? [] : TIME.exec(rest)?.slice(1);
  if (!time) return refused(text, 'must be a day, or a day and a time', SUCH_AS);
  const [year = '', month = '', date = ''] = day.slice(1).filter((part) => /\d/.test(part));
  const [hour = '0', minute = '0', second = '0'] = time;
  const two = (part: string): string => part.padStart(2, '0');
  const local = `${year}-${two(month)}-${two(date)}T${two(hour)}:${two(minute)}:${two(second)}`;
  if (!isReal(local)) return refused(text, 'must be a time that there is');
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR)
    return refused(text, `must be in a year from ${FIRST_YEAR} to ${LAST_YEAR}`);
  return parsed(local);
}

function isReal(local: string): boolean {
  const at = new Date(`${local}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(local);
}
