/** What the store keeps, as plain rows. Times are Unix milliseconds. */
import type { Knowledge, Quality, Value } from '../../drivers/contract.ts';

export interface PointRow {
  readonly device: string;
  readonly point: string;
  readonly value: Value;
  readonly unit: string | null;
  readonly quality: Quality;
  readonly reason: string | null;
  /** Source time of the last reported value. */
  readonly at: number;
}

export interface HistoryRow {
  readonly at: number;
  readonly value: Value;
  readonly quality: Quality;
}

export type DeviceStateName = 'online' | 'degraded' | 'offline' | 'disabled' | 'unknown';

export interface DeviceRow {
  readonly device: string;
  readonly state: DeviceStateName;
  /** In words, for a person: what was asked, what came back, since when. */
  readonly reason: string;
  readonly since: number;
  readonly lastGood: number | null;
  readonly knowledge: Knowledge;
}

/** Something that happened. `domain` and `type` are the topic `event/{domain}/{type}`; alarm transitions have domain `alarm`. */
export interface NewEvent {
  readonly domain: string;
  readonly type: string;
  /** The device or equipment that it is about. */
  readonly source: string;
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventRow extends NewEvent {
  /** Row id: one sequence over everything in the feed, never reused within an epoch. */
  readonly seq: number;
  /** Stable across redelivery: `{gateway}-{epoch}-{seq}`. */
  readonly id: string;
  readonly recordedAt: number;
  readonly epoch: number;
}

/** ISA-18.2 letters; docs/alarms.md has the table. */
export type AlarmLetter = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I';

/** OPC UA Part 9 names. The letter is derived from the flags. */
export interface AlarmFlags {
  readonly active: boolean;
  readonly acked: boolean;
  readonly latched: boolean;
  readonly shelved: boolean;
  readonly suppressed: boolean;
  readonly outOfService: boolean;
  readonly raisedWhileSuppressed: boolean;
}

export interface AlarmRow extends AlarmFlags {
  /** Key and topic segment: `{source}--{type with - for .}` and `--{channel}` where a source has several. */
  readonly alarm: string;
  readonly source: string;
  /** The device whose points decide it. */
  readonly device: string;
  readonly type: string;
  readonly channel: string | null;
  readonly letter: AlarmLetter;
  readonly priority: number;
  /** Null when normal and never raised. */
  readonly occurrenceId: string | null;
  /** `seq` of the alarm's last event; 0 before the first. */
  readonly rev: number;
  /** Raises within this occurrence. */
  readonly count: number;
  readonly escalation: number;
  readonly detectedAfterOutage: boolean;
  /** Nothing is the matter: somebody tries the way of the alarm. */
  readonly drill: boolean;
  /** Of a drill that a person began: when it ends, or has ended. Null once the alarm has been raised in earnest. */
  readonly drillEndsAt: number | null;
  readonly raisedAt: number | null;
  readonly ackedAt: number | null;
  readonly ackedBy: string | null;
  readonly clearedAt: number | null;
  /** The latest time at which people were told that they have to deal with it: escalation counts from here. */
  readonly announcedAt: number | null;
  readonly shelving: { readonly until: number; readonly by: string; readonly reason: string } | null;
  /** Keys of the alarms that explain it, in order. */
  readonly suppressedBy: readonly string[];
  /** For work on its source, while it is out of service. */
  readonly permit: { readonly by: string; readonly text: string; readonly since: number } | null;
  readonly changedAt: number;
}

/** Those that hide and show are the methods of OPC UA Part 9. */
export type AlarmEventType =
  | 'raise'
  | 'raiseAgain'
  | 'ack'
  | 'clear'
  | 'reset'
  | 'reAlarm'
  | 'escalate'
  | 'shelve'
  | 'unshelve'
  | 'suppress'
  | 'unsuppress'
  | 'removeFromService'
  | 'placeInService';

/** One transition, as the lifecycle makes it: the store adds seq, prevSeq and rev. */
export interface AlarmChange {
  readonly type: AlarmEventType;
  readonly from: AlarmLetter;
  readonly by: string | null;
  readonly note: string | null;
  readonly at: number;
  /** The row after the transition; its `rev` is filled in by the store. */
  readonly after: AlarmRow;
}

/** An alarm event as it was recorded, without what only a person reads. */
export interface TransitionRow {
  readonly seq: number;
  readonly at: number;
  readonly recordedAt: number;
  readonly source: string;
  readonly transition: AlarmEventType;
  readonly alarm: string;
  /** The alarm's type. */
  readonly type: string;
  /** After it. */
  readonly letter: AlarmLetter;
}

export type CommandState = 'accepted' | 'sent' | 'done' | 'failed' | 'expired';

export interface CommandRow {
  readonly id: string;
  readonly device: string;
  readonly action: string;
  readonly value: Value;
  /** Who asked, and through what: `api`, `mqtt`, or `fire`, the gateway itself for a fire alarm. */
  readonly by: string;
  readonly via: string;
  readonly state: CommandState;
  readonly acceptedAt: number;
  readonly expiresAt: number;
  readonly sentAt: number | null;
  readonly finishedAt: number | null;
  /** What was seen, when done; otherwise why not, in words. */
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: string | null;
}

/** Cutting a home's supply or giving it back, as one person asks for it and another one confirms it. */
export interface SupplyRequestRow {
  /** Also the id of the command that it becomes. */
  readonly id: string;
  readonly device: string;
  readonly action: string;
  readonly by: string;
  /** Why. */
  readonly note: string;
  readonly at: number;
  readonly expiresAt: number;
  readonly confirmedBy: string | null;
  readonly confirmedAt: number | null;
  readonly withdrawnBy: string | null;
}

/** How a home stands, as it outlives the process: docs/home-security.md. */
export interface HomeRow {
  readonly home: string;
  readonly mode: 'disarmed' | 'away' | 'stay';
  readonly by: string | null;
  readonly at: number | null;
  readonly bypassed: readonly string[];
  readonly key: boolean | null;
  /** Delays that are under way; `again`: not for the first time. */
  readonly exit: { readonly again: boolean } | null;
  readonly entry: { readonly again: boolean; readonly zones: readonly string[] } | null;
}

/** What one poll, one contact or one decision amounts to. Written in one transaction. */
export interface Observation {
  readonly device: string;
  /** Reported values: each updates the point; `archive` also adds a history row. */
  readonly readings?: readonly (Omit<PointRow, 'device'> & { readonly archive: boolean })[];
  readonly events?: readonly NewEvent[];
  readonly alarms?: readonly AlarmChange[];
  readonly deviceState?: Omit<DeviceRow, 'device' | 'knowledge'>;
  readonly knowledge?: Knowledge;
  /** Of the registers that are billed. */
  readonly meterReadings?: readonly NewMeterReading[];
  readonly meterCounters?: readonly Omit<MeterCounterRow, 'isAnew'>[];
  readonly meterDoubts?: readonly MeterDoubtRow[];
  /** Homes that stand otherwise by it. */
  readonly homes?: readonly HomeRow[];
  /** Told once the rest is in the store; no row of its own. */
  readonly registers?: readonly RegisterShown[];
  /** Called inside the process after the commit, with the alarm events' seq in the order of `alarms`. */
  readonly stored?: (seqs: readonly number[]) => void;
}

/** How a register's value came to be known. `frozen`: kept by the meter itself at that time. */
export type MeterReadingQuality = 'actual' | 'frozen' | 'manual' | 'estimated';

/** `suspect` is held from billing until a person settles it; `rejected` is settled, and never billed. */
export type MeterReadingStanding = 'good' | 'suspect' | 'rejected';

export interface MeterReadingRow {
  /** Unique, and in the order in which they were stored. */
  readonly id: number;
  /** The number on the meter. */
  readonly meter: string;
  /** The register as a decimal string, with its decimals and not multiplied. */
  readonly value: string;
  /** When the register stood so: the gateway's time, for frozen values the meter's. */
  readonly at: number;
  readonly quality: MeterReadingQuality;
  readonly standing: MeterReadingStanding;
  /** Why it is suspect, who settled it and how, why it was taken: in words, oldest first. */
  readonly notes: readonly string[];
  /** A reading on demand when people moved. */
  readonly occasion: 'moveIn' | 'moveOut' | null;
}

/** What one register of a meter showed, or had kept, as it is told to others. */
export interface RegisterShown {
  readonly point: string;
  /** IEC 62056-6-1; null where the profile names none. */
  readonly obis: string | null;
  /** A decimal string with the register's decimals; null where the meter gave none. */
  readonly value: string | null;
  readonly unit: string | null;
  readonly quality: Quality;
  readonly reason: string | null;
  readonly at: number;
  /** The meter's own wall-clock time that the value is of; null where it tells none. */
  readonly meterTime: string | null;
  readonly frozen: { readonly kind: 'settlement' | 'daily'; readonly ago: number } | null;
  /** The number of the meter that is billed by it; null for the registers beside that one. */
  readonly meter: string | null;
  /** Of a register that is billed: whether its value is held for a person. */
  readonly standing: 'good' | 'suspect' | null;
}

/** One answer of a meter: of what it was asked for together. */
export interface Collected {
  readonly device: string;
  readonly registers: readonly RegisterShown[];
}

/** Of a register that is kept from a counter of pulses: what the dial shows when the counter stands at `count`. */
export interface MeterCounterRow {
  readonly meter: string;
  /** The counter; null where it was not noted yet. */
  readonly device: string | null;
  readonly point: string | null;
  readonly value: string;
  readonly count: number;
  readonly at: number;
  /** A person has read the dial since: counting begins anew there. */
  readonly isAnew: boolean;
}

interface SightingText {
  readonly value: string;
  readonly at: number;
}

/** What is held of a meter for a person; null: nothing is. Told: people have been. */
export interface MeterDoubtRow {
  readonly meter: string;
  readonly doubt: {
    readonly lines: readonly { readonly first: SightingText; readonly last: SightingText }[];
    readonly isTold: boolean;
  } | null;
}

export type NewMeterReading = Omit<MeterReadingRow, 'id'>;

/** A billing run as the store needs to know it; `run` is all of it, as JSON can say it. */
export interface BillingRunRow<R = unknown> {
  readonly id: string;
  readonly utility: string;
  /** Of its period. */
  readonly from: number;
  readonly revision: number;
  /** The registry version that its lines were computed from; null before the first draft. */
  readonly registry: string | null;
  readonly closed: boolean;
  readonly run: R;
}

export interface BillingLineRow<L = unknown> {
  /** From 0, in the order of the run. */
  readonly n: number;
  readonly chain: string;
  readonly home: string | null;
  readonly line: L;
}

/** A line on its way into the store: JSON text, because thousands of them pass through the thread that serves alarms. */
export interface NewBillingLine extends Pick<BillingLineRow, 'n' | 'chain' | 'home'> {
  readonly line: string;
  /** What later periods go on from; null where they cannot. */
  readonly carried: string | null;
}

/** What an earlier line of a chain carries forward. */
export interface CarriedRow {
  readonly run: string;
  readonly chain: string;
  readonly carried: string;
}

export interface BillingExportRow {
  readonly file: string;
  /** Of the bytes, in hex. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** On its way into the store, which takes its memory over: megabytes, of which nobody keeps a second one. */
export interface NewBillingExport extends BillingExportRow {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface RegistryFileRow {
  readonly holds: string;
  readonly file: string;
  readonly bytes: Uint8Array;
}
