/** ST1 and ST2. */
import type { Moment } from './moment.ts';
import { valveShown, type ValveShown } from './valve.ts';

const VALVE_BITS: Readonly<Record<ValveShown, number>> = { open: 0b00, closed: 0b01, abnormal: 0b11 };
const BATTERY_LOW = 0b100;

export function statusBytes({ model, state, local }: Moment): Uint8Array {
  const { bits, first, second } = model.status;
  const battery = model.batteryLowFrom !== null && local >= model.batteryLowFrom ? BATTERY_LOW : 0;
  const meant = VALVE_BITS[valveShown(state.valve)] | battery;
  return Uint8Array.of((bits === 'reversed' ? mirrored(meant) : meant) | first, second);
}

function mirrored(byte: number): number {
  return Number.parseInt(byte.toString(2).padStart(8, '0').split('').toReversed().join(''), 2);
}
