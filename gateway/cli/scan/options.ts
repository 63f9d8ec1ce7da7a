/** The options of `scan`. */
import type { SerialFormat } from '../../config/schema.ts';

/** The functions that only read. */
export const READ_FUNCTIONS = [1, 2, 3, 4] as const;
export type ReadFunction = (typeof READ_FUNCTIONS)[number];

export const SCAN_PROTOCOLS = ['modbus', 'dlt645', 'cjt188', 'mbus', 'all'] as const;
export type ScanProtocol = (typeof SCAN_PROTOCOLS)[number];

export interface ScanOptions {
  readonly bus?: string;
  readonly site: string;
  readonly units: readonly number[];
  /** Undefined: those of the bus. */
  readonly rates?: readonly number[];
  readonly formats?: readonly SerialFormat[];
  readonly protocol: ScanProtocol;
  readonly ask: readonly ReadFunction[];
  /** Milliseconds. Undefined: what is usual for each protocol. */
  readonly timeout?: number;
  /** CJ/T 188: a file with addresses to ask besides. */
  readonly meters?: string;
  /** M-Bus: the primary addresses to ask. Undefined: all where anybody is there. */
  readonly primary?: readonly number[];
  readonly profileFolder: string;
  /** Undefined: for a person to fill in. */
  readonly profile?: string;
  readonly json?: boolean;
}
