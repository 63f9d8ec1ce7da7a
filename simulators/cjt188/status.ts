/** ST1 and ST2. */
import type { Moment } from './moment.ts';
import { valveShown, type ValveShown } from './valve.ts';

/** Of ST1, by CJ/T 188-2004, table 15, and by one maker's header. */
const PLACES = { standard: { valve: 0, battery: 2 }, high: { valve: 6, battery: 5 } } as const;
const VALVE_BITS: Readonly<Record<ValveShown, number>> = { open: 0b00, closed: 0b01, abnormal: 0b11 };

export function statusBytes({ model, state, local }: Moment): Uint8Array {
  const { bits, first, second } = model.status;
  const { valve, battery } = PLACES[bits];
  const isLow = model.batteryLowFrom !== null && local >= model.batteryLowFrom;
  const batteryLow = isLow ? 1 << battery : 0;
  return Uint8Array.of((VALVE_BITS[valveShown(state.valve)] << valve) | batteryLow | first, second);
}
