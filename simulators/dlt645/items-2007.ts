/** What a meter of 2007 has at a data identifier. */
import type { LocalMs } from '../metering/local-time.ts';
import type { Data } from './coded.ts';
import { demandItem, energyItem } from './energies.ts';
import { eventItem } from './events.ts';
import { freezeItem } from './freezes.ts';
import { parameterItem } from './parameters.ts';
import type { MeterState } from './state.ts';
import { variableItem } from './variables.ts';

/** The data behind `di`, DI3 first, eight digits; null where the meter does not have it. */
export function item2007(meter: MeterState, di: string, local: LocalMs): Data | null {
  const [di3 = 0, di2 = 0, di1 = 0, di0 = 0] = Buffer.from(di, 'hex');
  switch (di3) {
    case 0x00:
      return energyItem(meter, di2, di1, di0, local);
    case 0x01:
      return demandItem(meter, di2, di1, di0, local);
    case 0x02:
      return variableItem(meter, di2, di1, di0, local);
    case 0x04:
      return parameterItem(meter, di2, di1, di0, local);
    case 0x05:
      return freezeItem(meter, di2, di1, di0, local);
    default:
      return eventItem(meter, di, local);
  }
}
