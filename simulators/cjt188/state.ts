/** What changes in a meter while it runs: what masters have written, and where its valve is. */
import type { LocalMs } from '../metering/local-time.ts';

export type ValvePosition = 'open' | 'closed';

export interface ValveState {
  readonly position: ValvePosition;
  /** The motor of the last command while it turns. `endsAt` in monotonic milliseconds: motors know no calendar. */
  readonly motor: { readonly to: ValvePosition; readonly endsAt: number } | null;
  /** The last command moved nothing. */
  readonly isAbnormal: boolean;
}

export interface Cjt188State {
  /** As printed: 14 digits. */
  readonly address: string;
  /** 1 to 28. */
  readonly settlementDay: number;
  readonly readingDay: number;
  /** Three prices with the two volumes between them, as written: 15 bytes. */
  readonly prices: Uint8Array;
  /** Hundredths that writing the base reading has added, and since when. */
  readonly base: { readonly hundredths: number; readonly since: LocalMs };
  readonly valve: ValveState;
  /** SER of the last reply, where the meter counts its own. */
  readonly ser: number;
}

export interface InitialState {
  readonly address: string;
  readonly settlementDay?: number;
  readonly valvePosition?: ValvePosition;
  readonly ser?: number;
}

export function initialState({
  address,
  settlementDay = 1,
  valvePosition = 'open',
  ser = 0,
}: InitialState): Cjt188State {
  return {
    address,
    settlementDay,
    readingDay: 1,
    prices: new Uint8Array(15),
    base: { hundredths: 0, since: 0 },
    valve: { position: valvePosition, motor: null, isAbnormal: false },
    ser,
  };
}
