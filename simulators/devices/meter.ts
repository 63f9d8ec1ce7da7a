/** What all electricity meters have in common: the quantities that a supply and a load give them. */
import type { Field } from '../modbus/fields.ts';
import type { Device } from '../modbus/device.ts';

export type MeterQuantity =
  | 'voltageL1V'
  | 'voltageL2V'
  | 'voltageL3V'
  | 'currentL1A'
  | 'currentL2A'
  | 'currentL3A'
  | 'powerL1W'
  | 'powerL2W'
  | 'powerL3W'
  | 'powerW'
  | 'powerFactor'
  | 'frequencyHz'
  | 'importKWh'
  | 'exportKWh'
  | 'totalKWh';

export type MeterFields = Readonly<Partial<Record<MeterQuantity, Field>>>;
export type MeterValues = Readonly<Partial<Record<MeterQuantity, number>>>;

export interface Meter extends Device {
  readonly phases: 1 | 3;
  /** Sets quantities; those that this model does not show are passed over. */
  set(values: MeterValues): void;
}
