/** What of the journal a monitoring station is told, and in which order. Pure. */
import { SIA_CODES } from '../../drivers/dc09/codes.ts';
import type { MonitoringStation } from '../config/monitoring-station-schema.ts';
import { isHiddenLetter } from '../alarms/letters.ts';
import type { AlarmSettings } from '../alarms/rule-file.ts';
import type { EventRow } from '../store/rows.ts';

export type AlarmCodes = Pick<AlarmSettings, 'sia' | 'contactId'>;

/** An event of the journal that the station has to be told. */
export interface Report {
  readonly seq: number;
  readonly alarm: string;
  readonly source: string;
  readonly type: string;
  readonly kind: 'new' | 'restore';
  /** Unix milliseconds. */
  readonly at: number;
  /** Less is sent before more: fire, then by priority. */
  readonly urgency: number;
  /** As the configuration had them when it was read. */
  readonly codes: AlarmCodes;
}

/** A suppressed alarm that comes to light is new to the station. */
const ANNOUNCEMENTS: readonly unknown[] = ['raise', 'unshelve', 'unsuppress', 'placeInService'];

/**
 * Null for what is not sent: a decision of a person, an alarm that nobody here is shown, a type without a code, a drill unless
 * `drills`. An alarm whose end comes while it is hidden is restored if the station knows of it. `earlier`: the events of its source
 * before this one, newest first, as far back as anybody looks.
 */
export function reportOf(
  { seq, source, at, data }: EventRow,
  codes: AlarmCodes | undefined,
  { format, drills }: Pick<MonitoringStation, 'format' | 'drills'>,
  earlier: () => readonly EventRow[],
): Report | null {
  const { alarm, alarmType, type, to, priority, drill } = data;
  const isNew = isAnnouncement(data);
  if (!isNew && type !== 'clear') return null;
  if (codes === undefined || !isSendable(codes, format) || (drill === true && !drills)) return null;
  if (!isNew && isHiddenLetter(to) && !wasAnnounced(alarm, earlier())) return null;
  const urgency = isFire(codes) ? 0 : Number(priority);
  const kind = isNew ? 'new' : 'restore';
  return { seq, source, at, urgency, codes, kind, alarm: String(alarm), type: String(alarmType) };
}

function isAnnouncement({ type, to }: EventRow['data']): boolean {
  return ANNOUNCEMENTS.includes(type) && to === 'B';
}

/** Whether the station was told that its condition had come. What the journal has no more is taken to have been told. */
function wasAnnounced(alarm: unknown, earlier: readonly EventRow[]): boolean {
  const own = earlier.map(({ data }) => data).filter((data) => data['alarm'] === alarm);
  const last = own.find((data) => data['type'] === 'raise' || isAnnouncement(data));
  return last === undefined || isAnnouncement(last);
}

/** Whether the type has a code of the format, and the format an end for it. */
export function isSendable({ sia, contactId }: AlarmCodes, format: MonitoringStation['format']): boolean {
  if (format === 'adm-cid') return typeof contactId === 'number';
  return typeof sia === 'string' && Object.hasOwn(SIA_CODES, sia);
}

/** Contact ID 110 to 119 are fire alarms. */
function isFire({ sia, contactId }: AlarmCodes): boolean {
  return sia === 'FA' || (typeof contactId === 'number' && contactId >= 110 && contactId < 120);
}

/** The most urgent of those that wait, the oldest of these; but of each alarm only its first: its end follows its beginning. */
export function nextOf(waiting: Iterable<Report>): Report | undefined {
  const seen = new Set<string>();
  let best: Report | undefined;
  for (const report of waiting) {
    if (seen.has(report.alarm)) continue;
    seen.add(report.alarm);
    if (best === undefined || report.urgency < best.urgency) best = report;
  }
  return best;
}
