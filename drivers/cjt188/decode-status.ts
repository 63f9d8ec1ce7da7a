/**
 * ST: ST1 says valve and battery, ST2 is the maker's. CJ/T 188-2004, table 15, as hftangyu.com/563.html, ng-gateway and the
 * firmware of KingDa (undoing its compiler's bit order) agree: D1 D0 valve, D2 battery, D3 D4 reserved, D5 to D7 the maker's.
 */
import { hex } from '../bytes/hex.ts';

/**
 * `low-first`: the standard. `high-first`: valve in D7 D6, battery in D5, as the masks of some firmware have it
 * (xijunzhou/sdqr_energy_node_class-20180705, Src/meter/cj188.h).
 */
export type StBitOrder = 'low-first' | 'high-first';

export type ValveState = 'open' | 'closed' | 'fault';

export interface MeterStatus {
  /** ST1 ST2 as on the wire, in hex; ST2 may be missing. */
  readonly st: string;
  /** Null where ST says nothing of it; `reason` says why. A meter without a valve says `open`. */
  readonly valve: ValveState | null;
  readonly batteryLow: boolean | null;
  readonly reason?: string;
}

const PLACES = { 'low-first': { valve: 0, battery: 2 }, 'high-first': { valve: 6, battery: 5 } } as const;
const VALVE_STATES: readonly (ValveState | null)[] = ['open', 'closed', null, 'fault'];
const FILLER = 0xff;
/** SER ST1 ST2. */
const LONG_REFUSAL = 3;

/** `bytes`: ST1 and, where the meter sends it, ST2. */
export function decodeStatus(bytes: Uint8Array, order: StBitOrder): MeterStatus {
  const st = hex(bytes);
  const [st1] = bytes;
  if (st1 === undefined) return { st, valve: null, batteryLow: null, reason: 'no status was sent' };
  if (st1 === FILLER) return { st, valve: null, batteryLow: null, reason: 'FF in place of a status' };
  const place = PLACES[order];
  const valve = VALVE_STATES[(st1 >>> place.valve) & 3] ?? null;
  const batteryLow = ((st1 >>> place.battery) & 1) === 1;
  return { st, valve, batteryLow, ...(valve === null ? { reason: 'valve bits 10 have no meaning' } : {}) };
}

/** Which of the names of a status bit `bit` of ST1 belongs to; null for one that is the maker's, or reserved. 8 to 15: ST2. */
export function placeBit(bit: number, order: StBitOrder): 'valve' | 'batteryLow' | null {
  const { valve, battery } = PLACES[order];
  if (bit === battery) return 'batteryLow';
  return bit === valve || bit === valve + 1 ? 'valve' : null;
}

/** What a refusal says: SER ST1 ST2 by the standard, ST1 alone of other software. Of two bytes nobody knows which they are. */
export function refusalStatus(data: Uint8Array): { readonly ser: number | null; readonly status: Uint8Array } {
  if (data.length === LONG_REFUSAL) return { ser: data[0] ?? null, status: data.subarray(1) };
  return { ser: null, status: data.length === 1 ? data : new Uint8Array() };
}
