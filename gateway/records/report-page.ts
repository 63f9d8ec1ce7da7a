/** The report of one occurrence on paper: Chinese first, with the English names of what the journal has. Pure. */
import { channelOf } from '../alarms/types.ts';
import { ALARM_LETTERS } from '../api/page/alarm-letters.ts';
import { outgoing } from '../broker/outgoing.ts';
import { printedDocument, section } from '../print/document.ts';
import { html, row, type Html, type Part } from '../print/html.ts';
import { span, wallTime, wallTimeMs } from '../print/times.ts';
import type { IncidentReport, IncidentStep, NamedOccurrence, RelatedEvent } from './incident-report.ts';
import { personNamer } from './person-name.ts';
import { TRANSITIONS } from './transitions.ts';

/** An HTML document that needs nothing but itself. */
export function reportPage(report: IncidentReport): string {
  const { site, occurrence, timeline, people, related, neighbours, silences } = report;
  const zone = site.timezone;
  const personName = personNamer(people);
  const title = `告警报告 Incident report · ${named(occurrence)}`;
  return printedDocument(`${title} · ${occurrence.occurrenceId}`, [
    html`<h1>${title}${occurrence.drill ? '（演练 DRILL）' : ''}</h1>`,
    html`<p>
      ${site.nameZh} (${site.id}) · 时区 time zone ${zone} · 编制 written ${wallTime(report.writtenAt, zone)} · 门房
      Gatehouse ${report.version}
    </p>`,
    section('标识 Identification', ['项目', '内容'], identification(report, zone)),
    section('位置 Place', ['项目', '内容'], place(report, zone)),
    html`<h2>处置指引 Guidance</h2>
      <p class="lines">${report.guidanceZh ?? '—'}</p>`,
    section(
      '经过 Timeline',
      ['发生 at', '入库 recorded', '事件 event', '状态 state', '人员 by', '备注 note'],
      timeline.map((step) => stepRow(step, zone, personName)),
    ),
    section(
      '联动与操作 Releases, commands and what else names it',
      ['发生 at', '事件 event', '来源 source', '内容 data'],
      related.map((event) => relatedRow(event, zone)),
    ),
    section('前后五分钟的其他告警 Other alarms within five minutes', HEADS, others(neighbours, zone)),
    section('设备与总线离线 Silences of the device and its bus', HEADS, others(silences, zone)),
    section(
      '未能保存的读数 Readings that could not be kept',
      ['自 from', '至 to', '原因 reason'],
      report.gaps.map((gap) => row('', [wallTime(gap.fromAt, zone), wallTime(gap.toAt, zone), gap.reason])),
    ),
    section(
      '网关停止 When the gateway did not run',
      ['自 from', '至 to'],
      report.outages.map(({ fromAt, toAt }) => row('', [wallTime(fromAt, zone), wallTime(toAt, zone)])),
    ),
    html`<h2>数据说明 Quality of the data</h2>
      <ul>
        ${report.remarks.map(({ zh, en }) => html`<li>${zh} <span class="small">${en}</span></li>`)}
      </ul>`,
  ]);
}

const HEADS = ['开始 began', '消失 ended', '级别', '告警 alarm', '来源 source'] as const;

function identification({ occurrence: one, people }: IncidentReport, zone: string): Html[] {
  const personName = personNamer(people);
  const time = (at: number | null): string => wallTimeMs(at, zone) || '—';
  const after = (at: number | null): string => (at === null ? '' : `（开始后 ${span(at - one.beganAt)}）`);
  return pairs([
    ['发生编号 occurrenceId', one.occurrenceId],
    ['告警 alarm', one.alarm],
    ['类型 type', `${one.nameZh ?? ''} ${one.nameEn ?? ''} (${one.type})`],
    ['级别 priority', one.priority],
    ['开始 began', time(one.beganAt)],
    ['通知 announced', time(one.announcedAt)],
    ['确认 acknowledged', `${time(one.ackedAt)} ${personName(one.ackedBy)}${after(one.ackedAt)}`],
    ['消失 ended', `${time(one.endedAt)}${after(one.endedAt)}`],
    ['复位 reset', time(one.resetAt)],
    ['关闭 closed', `${time(one.closedAt)}${after(one.closedAt)}`],
    ['次数、升级 count, level', `${one.count}, ${one.level}`],
    ['现在 state', one.closedAt === null ? `${one.letter} ${ALARM_LETTERS[one.letter]}` : '已关闭 closed'],
  ]);
}

function place({ place: at, deviceNow }: IncidentReport, zone: string): Html[] {
  const device = at.device === null ? '—' : `${at.deviceNameZh ?? ''} (${at.device}) ${at.deviceLocation ?? ''}`;
  const state = deviceNow && `${deviceNow.state}，自 since ${wallTime(deviceNow.sinceAt, zone)}：${deviceNow.reason}`;
  return pairs([
    ['来源 source', `${at.nameZh ?? ''} (${at.source})${at.kind === null ? '' : ` · ${at.kind}`}`],
    ['位置 location', at.location ?? '—'],
    ['摄像机 cameraRef', at.cameraRef ?? '—'],
    ['联系人 contacts', at.contacts.length === 0 ? '—' : at.contacts.join('；')],
    ['供电 fedBy', at.fedBy ?? '—'],
    ['设备、总线 device, bus', `${device} · ${at.bus ?? '—'}`],
    ['编制时设备状态 device state when written', state ?? '—'],
  ]);
}

function pairs(entries: readonly (readonly [string, Part])[]): Html[] {
  return entries.map((cells) => row('', cells));
}

function stepRow(step: IncidentStep, zone: string, personName: (id: string | null) => string): Html {
  const { at, recordedAt, type, from, to, by, note, level, count } = step;
  const what = TRANSITIONS[type] ?? type;
  const marks = [
    type === 'escalate' && `第 ${level} 级 level ${level}`,
    (type === 'raise' || type === 'raiseAgain') && count > 1 && `第 ${count} 次 time ${count}`,
    step.detectedAfterOutage && '中断后发现 detected after an outage',
    step.drill && '演练 drill',
  ].filter((mark) => mark !== false);
  const event = [what, ...marks].join('；');
  const isTold = type === 'raise' || type === 'reAlarm' || type === 'escalate';
  const state = from === to ? to : `${from} → ${to}`;
  const times = [wallTimeMs(at, zone), wallTimeMs(recordedAt, zone)];
  return row(isTold ? 'strong' : '', [...times, event, state, personName(by), note ?? '']);
}

function relatedRow({ at, domain, type, source, data }: RelatedEvent, zone: string): Html {
  return row('', [
    wallTimeMs(at, zone),
    `${domain}.${type}`,
    source,
    html`<span class="small">${JSON.stringify(outgoing(data))}</span>`,
  ]);
}

function others(found: readonly NamedOccurrence[], zone: string): Html[] {
  return found.map((one) => {
    const times = [wallTimeMs(one.beganAt, zone), wallTimeMs(one.endedAt, zone)];
    return row('', [...times, `P${one.priority}`, named(one), `${one.sourceNameZh ?? ''} (${one.source})`]);
  });
}

function named({ alarm, source, nameZh, nameEn, type, drill }: NamedOccurrence): string {
  const words = [nameZh ?? type, nameEn, channelOf(alarm, source), drill ? '演练' : null];
  return words.filter((word) => word !== null).join(' ');
}
