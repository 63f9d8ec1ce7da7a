/** The report of one occurrence for a terminal. Pure. */
import type { ReportView } from '../../api/resources/incident-report.ts';
import { wallTimeMs } from '../../print/times.ts';
import { personNamer } from '../../records/person-name.ts';
import { TRANSITIONS } from '../../records/transitions.ts';
import { urgency } from '../event-line/alarm-words.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';
import { occurrenceName } from './occurrence-name.ts';

const TIMELINE: readonly Column[] = [
  { title: 'at' },
  { title: 'recorded' },
  { title: 'what' },
  { title: 'state' },
  { title: 'by' },
  { title: 'note' },
];
const OTHERS: readonly Column[] = [{ title: 'began' }, { title: 'ended' }, { title: 'what' }, { title: 'where' }];

export function reportLines(report: ReportView, colours: Palette): string[] {
  const {
    occurrence: one,
    place,
    site,
    timeline,
    people,
    related,
    neighbours,
    silences,
    outages,
    gaps,
    remarks,
  } = report;
  const time = (at: string | null): string => wallTimeMs(at === null ? null : Date.parse(at), site.timezone);
  const personName = personNamer(people);
  const steps = timeline.map(({ at, recordedAt, type, from, to, by, note }) => {
    const state = from === to ? to : `${from} → ${to}`;
    return [time(at), time(recordedAt), TRANSITIONS[type] ?? type, state, personName(by), note ?? ''];
  });
  const others = (found: ReportView['neighbours']): string[] => {
    const rows = found.map((other) => {
      const what = `P${other.priority} ${occurrenceName(other)}`;
      return [time(other.beganAt), time(other.endedAt), what, other.sourceNameZh ?? other.source];
    });
    return rows.length === 0 ? [] : ['', ...table(OTHERS, rows, colours)];
  };
  const where = [place.nameZh ?? place.source, place.location, place.cameraRef, ...place.contacts];
  return [
    urgency(one.priority, colours)(`P${one.priority} ${occurrenceName(one)}`) +
      `  ${where.filter((words) => words !== null).join(' · ')}`,
    colours.faint(one.occurrenceId),
    ...['', ...table(TIMELINE, steps, colours)],
    ...related.map(
      ({ at, domain, type, source, data }) => `${time(at)}  ${domain}.${type} ${source} ${JSON.stringify(data)}`,
    ),
    ...others(neighbours),
    ...others(silences),
    ...outages.map(({ fromAt, toAt }) => `网关停止 the gateway did not run: ${time(fromAt)} – ${time(toAt)}`),
    ...gaps.map(
      ({ fromAt, toAt, reason }) => `读数未保存 readings not kept: ${time(fromAt)} – ${time(toAt)}: ${reason}`,
    ),
    ...['', ...remarks.map(({ zh, en }) => `· ${zh} ${en}`)],
  ];
}
