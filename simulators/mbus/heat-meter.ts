/**
 * A heat meter: energy in steps of 10 kWh, volume, power, flow and return temperature, and a second telegram with the ends
 * of the last months. The records are those of a Sensus PolluTherm (SPX, version 49) as libmbus's test frames show it; it
 * also sends a VIF (7B) that the standard reserves.
 */
import type { Drawn } from '../metering/drawn.ts';
import { MEDIUM } from './codes.ts';
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
}

/** Power in steps of 10 W, the reserved value, temperatures in 0.1 °C, their difference in mK. */
export interface HeatMomentary {
  readonly power: number;
  readonly reserved: number;
  readonly flow: number;
  readonly back: number;
  readonly difference: number;
}

const DIGITS = 8;
/** 10 kWh in kJ. */
const KILOJOULES_PER_STEP = 36_000;
const KILOJOULES_PER_KWH = 3_600;
const LITRES_PER_STEP = 10;
const RESERVED_VIF = 0x7b;

export function heatMeter(options: HeatMeterOptions): MbusSlave {
  const { heat, heatingWater, history = 15, address } = options;
  const energy = mainRegister(options, heat, DIGITS, KILOJOULES_PER_STEP);
  const water = mainRegister({ id: options.id, time: options.time, address }, heatingWater, DIGITS, LITRES_PER_STEP);
  const momentary = (moment: MbusMoment): HeatMomentary => {
    if (options.momentary !== undefined) return options.momentary;
    // 36 kJ an hour are 10 W.
    const power = Math.floor(perHour(energy, moment.local) / 36);
    return { power, reserved: 0, ...(power > 0 ? { flow: 450, back: 350, difference: 10_000 } : AT_REST) };
  };
  const steps = (kilojoules: number): Coded => bcd(DIGITS, Math.floor(kilojoules / KILOJOULES_PER_STEP));
  const current = (moment: MbusMoment): Uint8Array => {
    const { power, reserved, flow, back, difference } = momentary(moment);
    const litres = water.total(moment.local);
    return Uint8Array.of(
      ...dataRecord([vif.energy(4)], steps(energy.total(moment.local))),
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
        return [...date, ...dataRecord([vif.energy(4)], steps(energy.total(kept.at)), { storage })];
      }).flat(),
    );
  const type = { name: 'M-Bus heat meter', manufacturer: 'SPX', version: 49, medium: MEDIUM.heat, replyDelayMs: 55 };
  const telegrams = (moment: MbusMoment): readonly Uint8Array[] => [current(moment), months(moment)];
  return assembled(options, { ...type, content: { kind: 'variable', telegrams } }, (local) => ({
    '6-0:1.0.0': String(10 * Math.floor(energy.total(local) / KILOJOULES_PER_STEP)),
    passed: String(Math.floor(energy.passed(local) / KILOJOULES_PER_KWH)),
  }));
}

const AT_REST = { flow: 215, back: 210, difference: 500 };
