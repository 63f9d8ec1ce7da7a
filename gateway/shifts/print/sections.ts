/** The parts of a printed handover sheet, one table each. Pure. */
import { ALARM_LETTERS } from '../../api/page/alarm-letters.ts';
import { section } from '../../print/document.ts';
import { html, row, type Html } from '../../print/html.ts';
import { span, wallTime } from '../../print/times.ts';
import type { HandoverSheet, SheetAlarm, SheetNote, SheetOccurrence } from '../sheet/schema.ts';
import { stateWord, stepWord } from './words.ts';

/** What is the same for all parts: how times and people are written. */
export interface Style {
  /** `at`: ISO 8601. */
  readonly time: (at: string | null) => string;
  readonly person: (id: string | null) => string;
}

export function styleOf({ site, people }: Pick<HandoverSheet, 'site' | 'people'>): Style {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return {
    time: (at) => wallTime(at === null ? null : Date.parse(at), site.timezone),
    person: (id) => (id === null ? '' : (names.get(id) ?? id)),
  };
}

interface List<T> {
  readonly total: number;
  readonly items: readonly T[];
}

function listSection<T>(
  title: string,
  heads: readonly string[],
  { total, items }: List<T>,
  toRow: (item: T) => Html,
): Html {
  const all = section(`${title}（${total}）`, heads, items.map(toRow));
  return total > items.length
    ? html`${all}
        <p class="small">只列出 ${items.length} 项 only ${items.length} are listed</p>`
    : all;
}

export function figuresSection({ figures, coveredFrom, from }: HandoverSheet, { time }: Style): Html {
  const { meanToAcknowledgeS } = figures;
  const mean = meanToAcknowledgeS === null ? '—' : span(meanToAcknowledgeS * 1000);
  const cells = [
    ...[figures.alarms, figures.mostPerTenMinutes, span(figures.floodS * 1000), figures.chattering],
    ...[figures.acknowledged, figures.unacknowledged, mean],
  ];
  const heads = ['告警次数', '十分钟最多', '告警泛滥时长', '抖动告警', '已确认', '未确认', '平均确认用时'];
  const since =
    coveredFrom === from ? [] : [html`<p class="small">自 ${time(coveredFrom)} 起统计 counted since then</p>`];
  return html`${section('本班统计 Figures', heads, [row('', cells)])}${since}`;
}

const WAITING: readonly string[] = ['B', 'D', 'E'];

export function standingSections(sheet: HandoverSheet, style: Style): Html[] {
  const { time, person } = style;
  const { standing, shelved, suppressed, outOfService } = sheet;
  return [
    listSection('当前异常 Not normal now', ['级', '告警', '位置', '状态', '发生', '确认人'], standing, (alarm) =>
      row(WAITING.includes(alarm.letter) ? 'strong' : '', [
        ...about(alarm),
        letterOf(alarm),
        time(alarm.since),
        person(alarm.by),
      ]),
    ),
    listSection('搁置 Shelved', ['级', '告警', '位置', '至', '原因', '操作人'], shelved, (alarm) =>
      row('', [...about(alarm), time(alarm.until), alarm.why ?? '', person(alarm.by)]),
    ),
    listSection('停用 Out of service', ['级', '告警', '位置', '自', '许可', '操作人'], outOfService, (alarm) =>
      row('', [...about(alarm), time(alarm.since), alarm.why ?? '', person(alarm.by)]),
    ),
    listSection('按设计抑制 Suppressed by design', ['级', '告警', '位置', '原因告警'], suppressed, (alarm) =>
      row('', [...about(alarm), alarm.hiddenBy.join(', ')]),
    ),
  ];
}

type Named = Pick<SheetAlarm, 'priority' | 'alarm' | 'nameZh' | 'source' | 'sourceNameZh' | 'location' | 'drill'>;

function about({ priority, alarm, nameZh, source, sourceNameZh, location, drill }: Named): (string | number | Html)[] {
  const what = html`${nameZh ?? alarm}${drill ? '（演练）' : ''}<br /><span class="small">${alarm}</span>`;
  return [priority, what, `${sourceNameZh ?? source} ${location ?? ''}`.trim()];
}

function letterOf({ letter }: SheetAlarm): string {
  return `${letter} ${ALARM_LETTERS[letter]}`;
}

const OCCURRENCE_HEADS = ['级', '告警', '位置', '经过', '次数', '等待'];

export function occurrenceSections({ occurrences, drills, buttonTests }: HandoverSheet, style: Style): Html[] {
  const toRow = (occurrence: SheetOccurrence): Html => occurrenceRow(occurrence, style);
  const tests = buttonTests.map(({ at, source, sourceNameZh, result, by, note }) =>
    row('', [style.time(at), sourceNameZh ?? source, stateWord(result), style.person(by), note ?? '']),
  );
  return [
    listSection('本班处理的告警 Alarms of the shift', OCCURRENCE_HEADS, occurrences, toRow),
    listSection('演练 Drills', OCCURRENCE_HEADS, drills, toRow),
    section('按钮试验 Button tests', ['时间', '电梯', '结果', '试验人', '备注'], tests),
  ];
}

function occurrenceRow(occurrence: SheetOccurrence, { time, person }: Style): Html {
  const { steps, times, level, waitS, isWaiting } = occurrence;
  const story = steps.map(({ at, type, by, note }) => {
    const said = [by === null ? '' : person(by), note ?? ''].filter((text) => text !== '').join('：');
    return html`<div>${time(at)} ${stepWord(type)} ${said}</div>`;
  });
  const wait = isWaiting ? '未确认' : waitS === null ? '' : span(waitS * 1000);
  const waited = level > 0 ? `${wait} 升级 ${level}` : wait;
  return row(isWaiting ? 'strong' : '', [...about(occurrence), story, times, waited]);
}

export function fieldSections({ buses, devices, gaps }: HandoverSheet, { time }: Style): Html[] {
  return [
    section(
      '断开的总线 Buses that are closed',
      ['总线', '原因'],
      buses.map(({ id, nameZh, reason }) => row('', [nameZh ?? id, reason])),
    ),
    listSection('异常设备 Devices in trouble', ['设备', '位置', '状态', '自', '原因'], devices, (device) => {
      const { id, nameZh, location, state, since, reason } = device;
      return row('', [nameZh ?? id, location ?? '', stateWord(state), time(since), reason]);
    }),
    section(
      '数据中断 Gaps',
      ['自', '至', '类别', '说明'],
      gaps.map(({ from, to, kind, reason }) => row('', [time(from), time(to), stateWord(kind), reason])),
    ),
  ];
}

export function noteSections({ notes, openItems }: HandoverSheet, style: Style): Html[] {
  const heads = ['编号', '时间', '记录人', '内容', '告警'];
  const toRow = (note: SheetNote): Html => noteRow(note, style);
  const open = openItems.flatMap(({ corrections, ...item }) => [item, ...corrections].map(toRow));
  return [
    section(`待办事项 To be done（${openItems.length}）`, heads, open),
    listSection('值班记录 Notes', heads, notes, toRow),
  ];
}

function noteRow({ id, at, by, text, alarm, isOpen, corrects, closes }: SheetNote, { time, person }: Style): Html {
  const marks = [
    isOpen ? '［待办］' : '',
    corrects === null ? '' : `［更正 ${corrects}］`,
    closes === null ? '' : `［了结 ${closes}］`,
  ].join('');
  const said = html`<span class="lines">${marks}${text}</span>`;
  return row('', [id, time(at), person(by), said, alarm ?? '']);
}
