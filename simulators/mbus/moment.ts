/** A slave at one moment. */
import type { LocalMs } from '../metering/local-time.ts';
import type { MeterClock } from '../metering/meter-clock.ts';
import type { MbusModel } from './model.ts';
import type { MbusState } from './state.ts';

export interface SlaveMoment {
  readonly model: MbusModel;
  readonly state: MbusState;
  readonly clock: MeterClock;
  /** The local time, whatever the slave's clock shows. */
  readonly local: LocalMs;
}
