/** DI3 02: what the meter measures now. DL/T 645-2007, table A.3. */
import type { LocalMs } from '../metering/local-time.ts';
import { bcd, type Data } from './coded.ts';
import type { Instantaneous } from './instantaneous.ts';
import type { MeterState } from './state.ts';

const ALL = 0xff;
const PHASES = 3;

interface Quantity {
  readonly of: (measured: Instantaneous) => readonly number[];
  readonly bytes: number;
  readonly hasTotal: boolean;
}

/** By DI2. */
const QUANTITIES: Readonly<Record<number, Quantity>> = {
  0x01: { of: ({ voltages }) => voltages, bytes: 2, hasTotal: false },
  0x02: { of: ({ currents }) => currents, bytes: 3, hasTotal: false },
  0x03: { of: ({ active }) => active, bytes: 3, hasTotal: true },
  0x04: { of: ({ reactive }) => reactive, bytes: 3, hasTotal: true },
  0x05: { of: ({ apparent }) => apparent, bytes: 3, hasTotal: true },
  0x06: { of: ({ powerFactors }) => powerFactors, bytes: 2, hasTotal: true },
  0x07: { of: ({ angles }) => angles, bytes: 2, hasTotal: false },
};

/** What stands where a phase is not connected; null: it is left out, and refused by itself. */
function absent(meter: MeterState, bytes: number): Data | null {
  switch (meter.options.absentPhases ?? 'refused') {
    case 'FF':
      return new Array<number>(bytes).fill(0xff);
    case 'zero':
      return new Array<number>(bytes).fill(0);
    case 'refused':
      return null;
  }
}

/** One value for the total, where there is one, and one for each of three phases. */
function values(meter: MeterState, { of, bytes, hasTotal }: Quantity, local: LocalMs): readonly (Data | null)[] {
  const measured = of(meter.measured(local));
  return Array.from({ length: PHASES + (hasTotal ? 1 : 0) }, (_, i) => {
    const value = measured[i];
    return value === undefined ? absent(meter, bytes) : bcd(value, bytes);
  });
}

/** 02 80 00 DI0. */
function single(meter: MeterState, di0: number, local: LocalMs): Data | null {
  const { frequency, currents } = meter.measured(local);
  const watts = meter.demand.mean(local);
  switch (di0) {
    case 0x01:
      return bcd(currents[0] ?? 0, 3);
    case 0x02:
      return bcd(frequency, 2);
    case 0x03:
    case 0x04:
      return bcd(10 * watts, 3);
    case 0x05:
      return bcd(2 * watts, 3);
    case 0x06:
      return bcd(Math.round(10.2 * watts), 3);
    case 0x07:
      return bcd(253, 2); // 25.3 °C
    case 0x08:
    case 0x09:
      return bcd(360, 2); // 3.60 V
    case 0x0a:
      return bcd(0, 4);
    default:
      return null;
  }
}

export function variableItem(meter: MeterState, di2: number, di1: number, di0: number, local: LocalMs): Data | null {
  if (di2 === 0x80) return di1 === 0 ? single(meter, di0, local) : null;
  const quantity = QUANTITIES[di2];
  if (quantity === undefined || di0 !== 0) return null;
  const all = values(meter, quantity, local);
  if (di1 === ALL) return all.flatMap((value) => [...(value ?? [])]);
  return all[di1 - (quantity.hasTotal ? 0 : 1)] ?? null;
}
