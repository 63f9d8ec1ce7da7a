/** Occurrences of alarms as a table that spreadsheets open right: UTF-8 with a byte order mark, CRLF, nothing that is computed. Pure. */
import { stringify } from 'csv-stringify/sync';
import type { OccurrenceView } from '../../api/resources/occurrence.ts';
import { guarded } from '../../metering/billing/export/csv.ts';
import { wallTimeMs } from '../../print/times.ts';

const TITLES = {
  occurrenceId: '发生编号 occurrence', alarm: '告警 alarm', type: '类型 type', nameZh: '名称 name', source: '来源 source',
  sourceNameZh: '来源名称 source name', location: '位置 location', priority: '级别 priority', drill: '演练 drill', state: '状态 state',
  beganAt: '开始 began', announcedAt: '通知 announced', ackedAt: '确认 acknowledged', ackedBy: '确认人 by', endedAt: '消失 ended',
  resetAt: '复位 reset', closedAt: '关闭 closed', count: '次数 count', level: '升级 level', note: '备注 note',
} as const satisfies Partial<Record<keyof OccurrenceView, string>>; // prettier-ignore

const COLUMNS = Object.keys(TITLES) as (keyof typeof TITLES)[];
const NUMBERS: ReadonlySet<string> = new Set(['priority', 'count', 'level']);

/** Times are those of a clock on the wall in `timeZone`. */
export function historyCsv(found: readonly OccurrenceView[], timeZone: string): string {
  const rows = found.map((one) => COLUMNS.map((column) => cell(column, one[column], timeZone)));
  return stringify([COLUMNS.map((column) => TITLES[column]), ...rows], { bom: true, record_delimiter: 'windows' });
}

function cell(column: string, value: string | number | boolean | null, timeZone: string): string {
  if (value === null) return '';
  if (column.endsWith('At')) return guarded(wallTimeMs(Date.parse(String(value)), timeZone));
  return NUMBERS.has(column) ? String(value) : guarded(String(value));
}
