/** DI3 05: what the meter has kept at a moment. DL/T 645-2007, table A.6: DI2 the occasion, DI1 the data, DI0 times ago. */
import type { LocalMs } from '../metering/local-time.ts';
import { bcd, clockData, type Data } from './coded.ts';
import { demandData, demands, energyData } from './energies.ts';
import type { Recurring } from './moments.ts';
import type { MeterState } from './state.ts';

const ALL = 0xff;
const TIME = 0x00;
const VARIABLES = 0x10;
const ENERGIES = 8;
const FORWARD_DEMAND = 0x09;
const REVERSE_DEMAND = 0x0a;
/** How many it keeps, by DI2. */
const DEPTH: Readonly<Record<number, number>> = { 0x00: 60, 0x01: 3, 0x04: 254, 0x06: 62, 0x07: 12 };
const HOURLY: Recurring = { each: 'hour', minute: 0 };
const HOURLY_DI2 = 0x04;

interface Kept {
  readonly shown: LocalMs;
  readonly at: LocalMs;
}

function kept(meter: MeterState, di2: number, ago: number, local: LocalMs): Kept | null {
  if (ago === 0 || ago > (DEPTH[di2] ?? 0)) return null;
  switch (di2) {
    case 0x00:
      return meter.timedFreeze === undefined ? null : meter.kept(meter.timedFreeze, ago, local);
    case 0x01:
      return meter.instantFreezes.at(-ago) ?? null;
    case HOURLY_DI2:
      return meter.kept(HOURLY, ago, local);
    case 0x06:
      return meter.kept(meter.dailyFreeze, ago, local);
    default:
      return meter.kept(meter.settlement, ago, local);
  }
}

/** Active and reactive power, each the total and three phases. */
function powers(meter: MeterState, at: LocalMs): number[] {
  const { active, reactive } = meter.measured(at);
  const four = (values: readonly number[]): number[] => [0, 1, 2, 3].flatMap((i) => bcd(values[i] ?? 0, 3));
  return [...four(active), ...four(reactive)];
}

/** Combined reactive comes where quadrants do, forward and reverse active first: DI1 01 to 08 are DI2 01 to 08 of DI3 00. */
function energies(meter: MeterState, di1: number, at: LocalMs): readonly number[] {
  return meter.energy(di1, at) ?? [];
}

function maximumDemands(meter: MeterState, di1: number, at: LocalMs): number[] {
  const best = di1 === FORWARD_DEMAND ? demands(meter, at) : [];
  const all = Array.from({ length: meter.tariffs + 1 }, (_, i) => best[i] ?? { watts: 0, at: null });
  return all.flatMap((each) => demandData(each, meter));
}

function part(meter: MeterState, di1: number, { shown, at }: Kept): Data | null {
  if (di1 === TIME) return clockData(shown, 'mhDMY');
  if (di1 <= ENERGIES) return energies(meter, di1, at).flatMap(energyData);
  if (di1 === FORWARD_DEMAND || di1 === REVERSE_DEMAND) return maximumDemands(meter, di1, at);
  return di1 === VARIABLES ? powers(meter, at) : null;
}

export function freezeItem(meter: MeterState, di2: number, di1: number, di0: number, local: LocalMs): Data | null {
  const one = kept(meter, di2, di0, local);
  if (one === null) return null;
  if (di2 === HOURLY_DI2) return hourly(meter, di1, one);
  if (di1 !== ALL) return part(meter, di1, one);
  const all = [TIME, 1, 2, 3, 4, 5, 6, 7, ENERGIES, FORWARD_DEMAND, REVERSE_DEMAND, VARIABLES];
  return all.flatMap((each) => [...(part(meter, each, one) ?? [])]);
}

/** An hour keeps the totals of forward and reverse active energy. */
function hourly(meter: MeterState, di1: number, one: Kept): Data | null {
  const total = (di2: number): number[] => energyData(meter.energy(di2, one.at)?.[0] ?? 0);
  switch (di1) {
    case TIME:
      return clockData(one.shown, 'mhDMY');
    case 0x01:
    case 0x02:
      return total(di1);
    case ALL:
      return [...clockData(one.shown, 'mhDMY'), ...total(1), ...total(2)];
    default:
      return null;
  }
}
