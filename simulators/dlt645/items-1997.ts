/** What a meter of 1997 has at a data identifier of two bytes; a last digit F asks for a block, which ends with AA. */
import type { LocalMs } from '../metering/local-time.ts';
import { bcd, clockData, type Data } from './coded.ts';
import { demands, energyData } from './energies.ts';
import { dayAndHour } from './parameters.ts';
import type { MeterState } from './state.ts';

const BLOCK = 0xf;
const END_OF_BLOCK = 0xaa;

/** 9010 now, 9410 last month, 9810 the month before: the second digit is how long ago, in fours. */
function monthsAgo(second: number): number | null {
  return [0, 4, 8].includes(second & 0xe) ? (second & 0xe) / 4 : null;
}

/** Third digit of 90..: 1 forward, 2 reverse. Of 91..: forward and reverse reactive, then quadrants 1, 4, 2, 3. */
const ACTIVE = [0x01, 0x02];
const REACTIVE = [0x03, 0x04, 0x05, 0x08, 0x06, 0x07];

function block(values: readonly Data[], last: number): Data | null {
  if (last === BLOCK) return [...values.flatMap((each) => [...each]), END_OF_BLOCK];
  return values[last] ?? null;
}

function energies(meter: MeterState, di: readonly number[], local: LocalMs): Data | null {
  const [, second = 0, third = 0, last = 0] = di;
  const ago = monthsAgo(second);
  const kind = ((second & 1) === 0 ? ACTIVE : REACTIVE)[third - 1];
  const at = ago === null || ago === 0 ? local : meter.settled(ago, local)?.at;
  if (ago === null || kind === undefined || at === undefined) return null;
  return block((meter.energy(kind, at) ?? []).map(energyData), last);
}

function maximumDemands(meter: MeterState, di: readonly number[], local: LocalMs, withTime: boolean): Data | null {
  const [, second = 0, third = 0, last = 0] = di;
  if (second !== 0 || third !== 1) return null;
  const best = demands(meter, local);
  const all = Array.from({ length: meter.tariffs + 1 }, (_, i) => best[i] ?? { watts: 0, at: null });
  const time = (at: LocalMs | null): Data => (at === null ? [0, 0, 0, 0] : clockData(meter.shown(at), 'mhDM'));
  return block(
    all.map(({ watts, at }) => (withTime ? time(at) : bcd(10 * watts, 3))),
    last,
  );
}

/** B61x whole volts, B62x XX.XX A, B63x XX.XXXX kW, B64x XX.XX kvar, B65x X.XXX; x is the phase, 0 the total. */
function variables(meter: MeterState, third: number, last: number, local: LocalMs): Data | null {
  const { voltages, currents, active, reactive, powerFactors } = meter.measured(local);
  const tenth = (value: number): number => Math.round(value / 10);
  const table: Readonly<Record<number, { readonly first: number; readonly values: readonly Data[] }>> = {
    1: { first: 1, values: voltages.map((value) => bcd(tenth(value), 2)) },
    2: { first: 1, values: currents.map((value) => bcd(tenth(value), 2)) },
    3: { first: 0, values: active.map((value) => bcd(value, 3)) },
    4: { first: 0, values: reactive.map((value) => bcd(Math.round(value / 100), 2)) },
    5: { first: 0, values: powerFactors.map((value) => bcd(value, 2)) },
  };
  const row = table[third];
  if (row === undefined) return null;
  return last === BLOCK ? block(row.values, BLOCK) : (row.values[last - row.first] ?? null);
}

function single(meter: MeterState, di: string, local: LocalMs): Data | null {
  const shown = meter.shown(local);
  const number12 = [...Buffer.from(meter.options.address, 'hex')].reverse();
  switch (di) {
    case 'B212':
      return bcd(0, 2);
    case 'B213':
      return bcd(meter.demandClearings.length, 2);
    case 'C010':
      return clockData(shown, 'WDMY');
    case 'C011':
      return clockData(shown, 'smh');
    case 'C020':
    case 'C021':
      return [0];
    case 'C030':
      return bcd(1_200, 3);
    case 'C032':
    case 'C033':
    case 'C034':
      return number12;
    case 'C117':
      return dayAndHour(meter.settlement);
    case 'C313':
      return bcd(meter.tariffs, 1);
    default:
      return null;
  }
}

/** The data behind `di`, DI1 first, four digits; null where the meter does not have it. */
export function item1997(meter: MeterState, di: string, local: LocalMs): Data | null {
  const digits = Array.from(di, (digit) => Number.parseInt(digit, 16));
  const [first = 0, second = 0, third = 0, last = 0] = digits;
  if (first === 0x9) return energies(meter, digits, local);
  if (first === 0xa) return maximumDemands(meter, digits, local, false);
  if (first === 0xb && second === 0x0) return maximumDemands(meter, digits, local, true);
  if (first === 0xb && second === 0x6) return variables(meter, third, last, local);
  return single(meter, di, local);
}
