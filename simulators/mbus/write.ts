/** What a master writes with SND_UD, CI 51: a primary address, an identification, the clock. EN 13757-3. */
import { digitsLowFirst } from '../../drivers/bytes/bcd-low-first.ts';
import { localMs, type LocalMs } from '../metering/local-time.ts';
import { ERROR, HIGHEST_ADDRESS } from './codes.ts';
import type { SlaveMoment } from './moment.ts';
import type { MbusState } from './state.ts';

const PRIMARY = [0x01, 0x7a];
const IDENTIFICATION = [0x0c, 0x79];
const TIME_POINT = [0x04, 0x6d];

/** The state afterwards; anything else is an error that the slave reports when it is asked for data. */
export function written({ state, clock, local }: SlaveMoment, data: Uint8Array): MbusState {
  const refused = { ...state, error: ERROR.unspecified };
  if (begins(data, PRIMARY) && data.length === 3) {
    const primary = data[2] ?? 0;
    return primary <= HIGHEST_ADDRESS ? { ...state, primary } : refused;
  }
  if (begins(data, IDENTIFICATION) && data.length === 6) {
    const id = digitsLowFirst(data.subarray(2));
    return id === null ? refused : { ...state, id };
  }
  if (begins(data, TIME_POINT) && data.length === 6) {
    clock.set(local, typeFOf(data.subarray(2)));
    return state;
  }
  return refused;
}

function begins(data: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, at) => data[at] === byte);
}

/** Years without centuries are of this one. */
function typeFOf([minute = 0, hour = 0, day = 0, month = 0]: Uint8Array): LocalMs {
  const year = 2000 + (((month >> 4) << 3) | (day >> 5));
  return localMs(year, month & 0xf, day & 0x1f, hour & 0x1f, minute & 0x3f);
}
