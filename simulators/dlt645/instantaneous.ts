/** What a meter measures at this moment: voltages, currents, powers. A pure function of time. */
import { createRandom, seedFor } from '../random.ts';
import { DAY_MS, type LocalMs } from '../metering/local-time.ts';

/** Whole numbers, as fine as the meter shows them. Of each phase; where there is a total it comes first. */
export interface Instantaneous {
  /** 0.1 V. */
  readonly voltages: readonly number[];
  /** mA. */
  readonly currents: readonly number[];
  /** 0.1 W; total first. */
  readonly active: readonly number[];
  /** 0.1 var; total first. */
  readonly reactive: readonly number[];
  /** 0.1 VA; total first. */
  readonly apparent: readonly number[];
  /** Thousandths; total first. */
  readonly powerFactors: readonly number[];
  /** 0.1°. */
  readonly angles: readonly number[];
  /** 0.01 Hz. */
  readonly frequency: number;
}

/** How a load is spread over three phases. Assumed. */
const SHARES: Readonly<Record<1 | 3, readonly number[]>> = { 1: [1], 3: [0.4, 0.35, 0.25] };
const POWER_FACTOR = 0.95;
const NOMINAL_DV = 2_205;

/** `watts` is what is drawn in all. The mains sag a little in the evening and are never quite still. */
export function measure(address: string, phases: 1 | 3, watts: number, local: LocalMs): Instantaneous {
  const second = Math.floor(local / 1_000);
  const wobble = (name: string): number => 2 * createRandom(seedFor(second, `${address}${name}`))() - 1;
  const sag = 30 * Math.sin((2 * Math.PI * (local % DAY_MS)) / DAY_MS);
  const voltages = SHARES[phases].map((_, i) => Math.round(NOMINAL_DV + sag + 15 * wobble(`U${i}`)));
  const ofPhase = SHARES[phases].map((share, i) => Math.round(10 * watts * share * (1 + 0.05 * wobble(`P${i}`))));
  const withTotal = (each: readonly number[]): number[] => [each.reduce((a, b) => a + b, 0), ...each];
  const apparent = ofPhase.map((power) => Math.round(power / POWER_FACTOR));
  const reactive = ofPhase.map((power, i) => Math.round(Math.sqrt((apparent[i] ?? 0) ** 2 - power ** 2)));
  return {
    voltages,
    currents: apparent.map((power, i) => Math.round((1_000 * power) / (voltages[i] ?? NOMINAL_DV))),
    active: withTotal(ofPhase),
    reactive: withTotal(reactive),
    apparent: withTotal(apparent),
    powerFactors: withTotal(ofPhase).map((power) => (power > 0 ? 1_000 * POWER_FACTOR : 1_000)),
    angles: ofPhase.map(() => 182),
    frequency: Math.round(5_000 + 3 * wobble('f')),
  };
}
