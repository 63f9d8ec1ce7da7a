/** DI3 00 and 01: energies and maximum demands, now and at the last twelve settlement days. DL/T 645-2007, tables A.1, A.2. */
import type { LocalMs } from '../metering/local-time.ts';
import { bcd, clockData, noTime, type Data } from './coded.ts';
import type { Demand } from './demand.ts';
import type { MeterState } from './state.ts';

const ALL = 0xff;
const SETTLEMENTS = 12;
/** XXXXXX.XX kWh, from Wh. */
const WH_PER_STEP = 10;
/** DI2 of the first energy of phases A, B, C. */
const FIRST_OF_PHASE = [0x15, 0x29, 0x3d];
const ENERGIES = 10;
const FORWARD = 0x01;

/** Four bytes. */
export function energyData(wattHours: number): number[] {
  return bcd(Math.floor(wattHours / WH_PER_STEP), 4);
}

/** XX.XXXX kW and YYMMDDhhmm. */
export function demandData({ watts, at }: Demand, meter: MeterState): number[] {
  return [...bcd(10 * watts, 3), ...(at === null ? noTime('mhDMY') : clockData(meter.shown(at), 'mhDMY'))];
}

/** What of the total and its tariffs `di1` asks for; null where it is a tariff that there is not. */
function chosen<T>(all: readonly T[], di1: number): readonly T[] | null {
  if (di1 === ALL) return all;
  const one = all[di1];
  return one === undefined ? null : [one];
}

/** By DI1 one after the other, by DI0 = FF the current one and all settlement days. */
function bySettlement(
  meter: MeterState,
  di0: number,
  local: LocalMs,
  read: (at: LocalMs) => readonly number[] | null,
): Data | null {
  if (di0 === 0) return read(local);
  if (di0 !== ALL) {
    const settled = di0 <= SETTLEMENTS ? meter.settled(di0, local) : null;
    return settled === null ? null : read(settled.at);
  }
  const current = read(local);
  if (current === null) return null;
  const past = Array.from({ length: SETTLEMENTS }, (_, i) => meter.settled(i + 1, local));
  const empty = current.map(() => 0);
  return [...current, ...past.flatMap((settled) => (settled === null ? empty : (read(settled.at) ?? empty)))];
}

export function energyItem(meter: MeterState, di2: number, di1: number, di0: number, local: LocalMs): Data | null {
  return bySettlement(meter, di0, local, (at) => {
    const all = meter.energy(di2, at) ?? phaseEnergy(meter, di2, at);
    return all === null ? null : (chosen(all, di1)?.flatMap(energyData) ?? null);
  });
}

/** A phase has totals only. All load of a single-phase meter is on phase A. */
function phaseEnergy(meter: MeterState, di2: number, at: LocalMs): readonly number[] | null {
  const phase = FIRST_OF_PHASE.findIndex((first) => di2 >= first && di2 < first + ENERGIES);
  if (phase < 0 || phase >= meter.phases) return null;
  const [total = 0] = meter.energy(di2 - (FIRST_OF_PHASE[phase] ?? 0) + FORWARD, at) ?? [];
  return [Math.floor(total / meter.phases)];
}

/** Forward active; nothing else is ever above zero. */
export function demandItem(meter: MeterState, di2: number, di1: number, di0: number, local: LocalMs): Data | null {
  if (di2 < FORWARD || di2 > ENERGIES) return null;
  return bySettlement(meter, di0, local, (at) => {
    const best = di2 === FORWARD ? demands(meter, at) : [];
    const all = Array.from({ length: meter.tariffs + 1 }, (_, i) => best[i] ?? { watts: 0, at: null });
    return chosen(all, di1)?.flatMap((each) => demandData(each, meter)) ?? null;
  });
}

/** Of the period that ends at `at`: a settlement day's own moment still belongs to the period before it. */
export function demands(meter: MeterState, at: LocalMs): readonly Demand[] {
  return meter.demand.highest(meter.demandSince(at - 1), at);
}
