/** From a report to the data of a DC-09 frame. Pure. */
import { SIA_CODES } from '../../drivers/dc09/codes.ts';
import { writeContactId, writeSia } from '../../drivers/dc09/event-data.ts';
import type { MessageToWrite } from '../../drivers/dc09/write-message.ts';
import { own } from '../alarms/draft.ts';
import type { MonitoringStation } from '../config/monitoring-station-schema.ts';
import type { AlarmCodes, Report } from './report.ts';

/** A message but for its times, which are by the clock of the receiver. */
export interface Unstamped extends Omit<MessageToWrite, 'content'> {
  readonly data: readonly string[];
  /** When it happened, where that is told beside the time of the sending; Unix milliseconds. */
  readonly occurredAt: number | null;
}

type Address = Pick<MonitoringStation, 'account' | 'receiverNumber' | 'line'>;

/** The site is one area. */
const AREA = 1;
/** Told later than this, it says when it happened. */
const LATE_MS = 20_000;
const LONGEST_TEXT = 60;
const HIGHEST_SEQUENCE = 9_999;

/** `name`: what people call the alarm and where it is. `now`: Unix milliseconds. */
export function composeReport(
  report: Report,
  name: string,
  settings: Address & Pick<MonitoringStation, 'format' | 'zones'>,
  now: number,
): Unstamped {
  const { format, zones } = settings;
  const { codes } = report;
  const zone = own(zones, report.source) ?? 0;
  const occurredAt = now - report.at > LATE_MS ? report.at : null;
  const about = { ...address(settings), sequence: sequenceOf(report.seq), occurredAt };
  if (format === 'adm-cid')
    return { ...about, id: 'ADM-CID', data: [contactIdData(report, codes, zone, settings.account)] };
  const data = [siaData(report, codes, zone, settings.account), `I${plain(name)}`];
  return { ...about, id: 'SIA-DCS', data };
}

/** The link test: 5.5.2.1. */
export function composeSupervision(settings: Address): Unstamped {
  return { ...address(settings), id: 'NULL', sequence: '0000', data: [], occurredAt: null };
}

/** 0001 to 9999. That of an event is the same whenever it is sent, after a restart too: a receiver sees that it is sent again. */
export function sequenceOf(seq: number): string {
  return String(((seq - 1) % HIGHEST_SEQUENCE) + 1).padStart(4, '0');
}

function siaData({ kind }: Report, { sia }: AlarmCodes, zone: number, account: string): string {
  const code = sia ?? '';
  const sent = kind === 'new' ? code : (SIA_CODES[code]?.restore ?? code);
  return writeSia({ account, code: sent, area: AREA, zone });
}

function contactIdData({ kind }: Report, { contactId }: AlarmCodes, zone: number, account: string): string {
  return writeContactId({ account, qualifier: kind === 'new' ? 1 : 3, event: contactId ?? 0, group: AREA, zone });
}

function address({ account, receiverNumber, line }: Address) {
  return { account, line, receiver: receiverNumber ?? null };
}

/** Without what a frame cannot carry. */
function plain(text: string): string {
  return text.replace(/[[\]|\r\n]/g, ' ').slice(0, LONGEST_TEXT);
}
