/** What the report of one occurrence of an alarm tells: on paper and as JSON. Types only; times are Unix milliseconds. */
import type { OccurrenceRow } from '../store/occurrence.ts';
import type { DeviceRow, EventRow } from '../store/rows.ts';
import type { GapRow } from '../store/tables/gaps.ts';

/** Where it was, who is called, what there is to be looked at. Null where the configuration does not say, or no more. */
export interface IncidentPlace {
  readonly source: string;
  readonly nameZh: string | null;
  readonly kind: string | null;
  readonly location: string | null;
  /** The camera that looks at it, as the recorder of the cameras names it. */
  readonly cameraRef: string | null;
  readonly contacts: readonly string[];
  readonly fedBy: string | null;
  /** What told of it. */
  readonly device: string | null;
  readonly deviceNameZh: string | null;
  readonly deviceLocation: string | null;
  readonly bus: string | null;
}

/** One event of the occurrence. */
export interface IncidentStep {
  readonly seq: number;
  /** When it happened, by its source; `recordedAt`: when it was on the disk. */
  readonly at: number;
  readonly recordedAt: number;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly by: string | null;
  readonly note: string | null;
  readonly count: number;
  readonly level: number;
  readonly drill: boolean;
  readonly detectedAfterOutage: boolean;
}

export interface NamedPerson {
  readonly id: string;
  readonly name: string;
}

export type RelatedEvent = Pick<EventRow, 'seq' | 'at' | 'recordedAt' | 'domain' | 'type' | 'source' | 'data'>;

export interface IncidentNames {
  readonly nameZh: string | null;
  readonly nameEn: string | null;
  readonly sourceNameZh: string | null;
}

export type NamedOccurrence = OccurrenceRow & IncidentNames;

/** What is to be known of how far the report goes. */
export interface Remark {
  readonly zh: string;
  readonly en: string;
}

export interface IncidentReport {
  readonly site: { readonly id: string; readonly nameZh: string; readonly timezone: string };
  readonly version: string;
  readonly writtenAt: number;
  readonly occurrence: NamedOccurrence;
  readonly guidanceZh: string | null;
  readonly place: IncidentPlace;
  readonly timeline: readonly IncidentStep[];
  /** Who acted on it, as far as the site names its people now. */
  readonly people: readonly NamedPerson[];
  /** Of other parts of the gateway, which name it: commands, releases, presses that were held back. */
  readonly related: readonly RelatedEvent[];
  /** Other alarms that began within five minutes of it. */
  readonly neighbours: readonly NamedOccurrence[];
  /** How the device is when the report is written; null where there is none. */
  readonly deviceNow: (Pick<DeviceRow, 'state' | 'reason'> & { readonly sinceAt: number }) | null;
  /** When the device, or its bus, was silent meanwhile. */
  readonly silences: readonly NamedOccurrence[];
  /** When readings could not be kept meanwhile. */
  readonly gaps: readonly { readonly fromAt: number; readonly toAt: number; readonly reason: GapRow['reason'] }[];
  /** When the gateway did not run meanwhile. */
  readonly outages: readonly { readonly fromAt: number; readonly toAt: number }[];
  readonly remarks: readonly Remark[];
}
