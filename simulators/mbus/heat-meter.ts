/**
 * A heat meter: energy, volume, power, flow and return temperature, and a second telegram with the ends of the last months.
 * The records are those of a Sensus PolluTherm (SPX, version 49) as libmbus's test frames show it, with energy in steps of
 * 10 kWh; it also sends a VIF (7B) that the standard reserves. In smaller steps it is as meters of flats are.
 */
import type { Drawn } from '../metering/drawn.ts';
import { MEDIUM } from './codes.ts';
import { dialText } from '../metering/register.ts';
import { bcd, dataRecord, type Coded } from './data-record.ts';
import { keptBefore } from './due-date.ts';
import { assembled, mainRegister, perHour, type MbusMeterOptions } from './meter-options.ts';
import type { MbusMoment } from './model.ts';
import type { MbusSlave } from './slave.ts';
import { typeG } from './time-point.ts';
import * as vif from './vif.ts';

export interface HeatMeterOptions extends MbusMeterOptions {
  /** In kJ. */
  readonly heat: Drawn;
  /** In litres. */
  readonly heatingWater: Drawn;
  /** Default: what follows from what passes. */
  readonly momentary?: HeatMomentary;
  /** Default 15 months. */
  readonly history?: number;
  /** What its energy counts in. Default 10 kWh. */
  readonly step?: keyof typeof STEPS;
}

/** VIF (energy in Wh or in J, by a power of ten), kJ a step, kJ in the last digit of the dial, digits behind its point. */
const STEPS = {
  '10 kWh': { vif: vif.energy(4), step: 36_000, digit: 3_600, decimals: 0 },
  '1 kWh': { vif: vif.energy(3), step: 3_600, digit: 3_600, decimals: 0 },
  '0.01 GJ': { vif: vif.energyInJoules(7), step: 10_000, digit: 10_000, decimals: 2 },
} as const;

/** Power in steps of 10 W, the reserved value, temperatures in 0.1 °C, their difference in mK. */
export interface HeatMomentary {
  readonly power: number;
  readonly reserved: number;
  readonly flow: number;
  readonly back: number;
  readonly difference: number;
}

const DIGITS = 8;
const LITRES_PER_STEP = 10;
const RESERVED_VIF = 0x7b;

export function heatMeter(options: HeatMeterOptions): MbusSlave {
  const { heat, heatingWater, history = 15, step = '10 kWh', address } = options;
  const { vif: energyVif, step: each, digit, decimals } = STEPS[step];
  const energy = mainRegister(options, heat, DIGITS, each);
  const water = mainRegister({ id: options.id, time: options.time, address }, heatingWater, DIGITS, LITRES_PER_STEP);
  const momentary = (moment: MbusMoment): HeatMomentary => {
    if (options.momentary !== undefined) return options.momentary;
    // 36 kJ an hour are 10 W.
    const power = Math.floor(perHour(energy, moment.local) / 36);
    return { power, reserved: 0, ...(power > 0 ? { flow: 450, back: 350, difference: 10_000 } : AT_REST) };
  };
  const steps = (kilojoules: number): Coded => bcd(DIGITS, Math.floor(kilojoules / each));
  const current = (moment: MbusMoment): Uint8Array => {
    const { power, reserved, flow, back, difference } = momentary(moment);
    const litres = water.total(moment.local);
    return Uint8Array.of(
      ...dataRecord([energyVif], steps(energy.total(moment.local))),
      ...dataRecord([vif.volume(-2)], bcd(DIGITS, Math.floor(litres / LITRES_PER_STEP))),
      ...dataRecord([RESERVED_VIF], bcd(8, reserved)),
      ...dataRecord([vif.power(1)], bcd(8, power)),
      ...dataRecord([vif.flowTemperature(-1)], bcd(4, flow)),
      ...dataRecord([vif.returnTemperature(-1)], bcd(4, back)),
      ...dataRecord([vif.temperatureDifference(-3)], bcd(6, difference)),
      ...dataRecord([vif.FABRICATION_NUMBER], bcd(8, Number(moment.id))),
      ...dataRecord(vif.CUSTOMER_LOCATION, bcd(8, Number(moment.id))),
    );
  };
  const months = (moment: MbusMoment): Uint8Array =>
    Uint8Array.from(
      Array.from({ length: history }, (_, ago) => {
        const kept = keptBefore(moment, { each: 'month' }, ago);
        const storage = 1 + ago;
        const date = dataRecord([vif.DATE], typeG(kept.day), { storage });
        return [...date, ...dataRecord([energyVif], steps(energy.total(kept.at)), { storage })];
      }).flat(),
    );
  const shown = (kilojoules: number): string => dialText(Math.floor(kilojoules / digit), decimals, decimals);
  const type = { name: 'M-Bus heat meter', manufacturer: 'SPX', version: 49, medium: MEDIUM.heat, replyDelayMs: 55 };
  const telegrams = (moment: MbusMoment): readonly Uint8Array[] => [current(moment), months(moment)];
  return assembled(options, { ...type, content: { kind: 'variable', telegrams } }, (local) => ({
    '6-0:1.0.0': shown(energy.total(local) - (energy.total(local) % each)),
    passed: shown(energy.passed(local)),
  }));
}

const AT_REST = { flow: 215, back: 210, difference: 500 };
