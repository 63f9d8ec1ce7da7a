/** What a scan for meters finds; plain JSON. */
import type { SerialRate } from '../../../config/wire-time.ts';
import type { Utility } from '../../../metering/model.ts';

export const METER_PROTOCOLS = ['dlt645', 'cjt188', 'mbus'] as const;
export type MeterProtocol = (typeof METER_PROTOCOLS)[number];

/** What a meter said of itself. */
export interface MeterSeen {
  /** As its protocol writes it in configuration. */
  readonly address: string;
  /** As it is printed on the meter. */
  readonly number: string;
  /** In words. */
  readonly says: string;
  /** Null where what it said does not tell. */
  readonly utility: Utility | null;
  readonly profile: ProfileGuess;
  /** M-Bus: what tells it from others of the same number. */
  readonly secondary?: string;
  /** M-Bus: 0 is a slave that has not been given an address. */
  readonly primary?: number;
}

export interface ProfileGuess {
  /** Null where none fits, or several do. */
  readonly id: string | null;
  /** What it rests on, in words; or why there is none. */
  readonly because: string;
}

export interface FoundMeter extends MeterSeen {
  readonly protocol: MeterProtocol;
  /** The setting with which it answered. */
  readonly rate: SerialRate | null;
  /** The device of the site that it is, where it is one. */
  readonly known?: string;
}

/** Somebody, or something, that the scan could make no meter of. */
export interface Unresolved {
  readonly protocol: MeterProtocol;
  readonly rate: SerialRate | null;
  /** In words: which addresses. */
  readonly where: string;
  readonly reason: string;
}

export interface MeterScanResult {
  readonly meters: readonly FoundMeter[];
  readonly unresolved: readonly Unresolved[];
  /** Addresses of the list that was given, of which nobody was heard. */
  readonly absent: readonly string[];
  /** False: it was broken off. */
  readonly complete: boolean;
}
