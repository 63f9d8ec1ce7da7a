/** Meters and masters for tests. */
import type { Knowledge } from '../../contract.ts';
import { Master } from '../master.ts';
import type { MeterSettings } from '../meter.ts';

export const WATER_METER: MeterSettings = {
  meterType: 0x10,
  address: '00201510270588',
  diOrder: 'auto',
  layout: 'standard',
  stBitOrder: 'low-first',
};

/** A0…A6 of that meter, as they stand in its frames. */
export const WIRE_ADDRESS = '88 05 27 10 15 20 00';

/** A master whose first request has SER 01. */
export function masterOf(settings: Partial<MeterSettings> = {}, knowledge: Knowledge = {}): Master {
  return new Master({ ...WATER_METER, ...settings }, knowledge, 0);
}
