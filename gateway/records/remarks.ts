/** What whoever reads a report has to know of the data that it stands on. Pure. */
import type { OccurrenceRow } from '../store/occurrence.ts';
import type { IncidentStep, Remark } from './incident-report.ts';

interface Known {
  readonly row: Pick<OccurrenceRow, 'closedAt' | 'announcedAt' | 'drill'>;
  readonly timeline: readonly IncidentStep[];
  readonly silences: number;
  readonly gaps: number;
  readonly outages: number;
  /** Whether all that others did about it was looked at. */
  readonly isWhole: boolean;
}

/** Alarms are on the disk within tenths of a second; a second is worth a word. */
const LATE_MS = 1_000;

export function remarksOn({ row, timeline, silences, gaps, outages, isWhole }: Known): Remark[] {
  const [first] = timeline;
  const late = Math.max(0, ...timeline.map(({ at, recordedAt }) => recordedAt - at));
  const said: (Remark | false)[] = [
    {
      zh: '时间为网关时钟；发生时间取自信号被读到的时刻，入库时间为写入磁盘的时刻。',
      en: 'Times are by the clock of the gateway: "at" when it was read of the source, "recorded" when it was on the disk.',
    },
    row.drill && { zh: '本次为演练，不是真实告警。', en: 'This was a drill: nothing was the matter.' },
    first?.type !== 'raise' && { zh: '日志中没有本次告警的开始。', en: 'The journal does not have its beginning.' },
    timeline.some(({ detectedAfterOutage }) => detectedAfterOutage) && {
      zh: '告警开始时没有被监视（网关停止或设备离线），实际发生时间可能更早。',
      en: 'It began while nobody was looking (the gateway was down, or the device silent): it may have begun earlier.',
    },
    late > LATE_MS && {
      zh: `最长延迟 ${(late / 1000).toFixed(1)} 秒才写入磁盘。`,
      en: `The longest that an event waited for the disk was ${(late / 1000).toFixed(1)} s.`,
    },
    row.announcedAt === null && {
      zh: '告警始终被屏蔽，没有通知任何人。',
      en: 'It was hidden all the time: nobody was told of it.',
    },
    silences > 0 && {
      zh: '期间设备或总线曾离线，见下文。',
      en: 'Its device or bus was silent meanwhile: see below.',
    },
    outages > 0 && { zh: '期间网关曾停止运行，见下文。', en: 'The gateway did not run all the time: see below.' },
    gaps > 0 && { zh: '期间有读数未能保存。', en: 'Readings could not be kept meanwhile.' },
    !isWhole && {
      zh: '相关操作只查到告警开始后一天，或记录过多而不完整。',
      en: 'Of what others did about it only the first day was looked at, or there was too much.',
    },
    row.closedAt === null && { zh: '处理尚未结束。', en: 'It is not closed yet.' },
  ];
  return said.filter((remark) => remark !== false);
}
