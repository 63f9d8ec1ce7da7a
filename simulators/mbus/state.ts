/** What changes in a slave: its link layer, and what masters have written. */
import { seedFor } from '../random.ts';

export interface MbusState {
  /** 0 as it leaves the works, 1 to 250. */
  readonly primary: number;
  /** Eight digits. */
  readonly id: string;
  /** Null: that of its line. */
  readonly baud: number | null;
  readonly isSelected: boolean;
  /** Frame count bit of the last request; null after a reset: any is new. */
  readonly lastFcb: 0 | 1 | null;
  /** The bodies of the telegrams that are being fetched, all of one moment. */
  readonly readout: readonly Uint8Array[];
  /** Index of the one that was sent last; −1: none. */
  readonly telegram: number;
  /** It is sent again when the frame count bit has not changed. */
  readonly lastReply: Uint8Array | null;
  /** Of the last reply, 0 to 255. */
  readonly access: number;
  /** To be reported instead of data: a code of CI 70. */
  readonly error: number | null;
}

export interface InitialMbusState {
  /** Default 0. */
  readonly primary?: number;
  readonly id: string;
  readonly baud?: number;
  /** Of the last reply before. Default: any, so that two slaves do not differ in their numbers alone. */
  readonly access?: number;
}

export function initialState({ primary = 0, id, baud, access = seedFor(1, id) % 256 }: InitialMbusState): MbusState {
  return { ...AFTER_RESET, primary, id, baud: baud ?? null, isSelected: false, access, error: null };
}

/** What SND_NKE, a selection and a reset of the application make anew. */
export const AFTER_RESET = { lastFcb: null, readout: [], telegram: -1, lastReply: null } as const;
