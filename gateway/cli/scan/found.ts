/** What a scan finds; plain JSON. */
import type { SerialRate } from '../../config/wire-time.ts';
import type { ReadFunction } from './options.ts';

/** What a unit said when it was asked for the register or bit at address 0. */
export type Answer =
  | { readonly fc: ReadFunction; readonly kind: 'value'; readonly value: number | boolean }
  | { readonly fc: ReadFunction; readonly kind: 'exception'; readonly code: number; readonly name: string }
  /** A sound frame of this unit that is no answer to what it was asked. */
  | { readonly fc: ReadFunction; readonly kind: 'odd'; readonly message: string };

export interface FoundDevice {
  readonly unit: number;
  /** Null on Modbus TCP. */
  readonly rate: SerialRate | null;
  /** From the request to the end of the first answer, in milliseconds. Null: it was only heard late. */
  readonly latencyMs: number | null;
  readonly answers: readonly Answer[];
  /** The device of the site that it is, where it is one. */
  readonly known?: string;
}

/** Bytes came from somewhere when these units were asked, and no frame was among them. */
export interface Noise {
  readonly rate: SerialRate | null;
  readonly units: readonly number[];
}

export interface ScanResult {
  readonly found: readonly FoundDevice[];
  readonly noise: readonly Noise[];
  /** How many units were asked with each setting. */
  readonly asked: number;
  /** False: it was broken off. */
  readonly complete: boolean;
}
