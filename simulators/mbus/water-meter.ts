/**
 * A water meter: volume, flow, what the volume was on the due date, error flags. The records are those of a Hydrometer
 * (HYD, version 41) as libmbus's test frames show it; `history`: besides, what it was at the ends of the last months.
 */
import type { Drawn } from '../metering/drawn.ts';
import { dialText } from '../metering/register.ts';
import { MEDIUM } from './codes.ts';
import { bcd, dataRecord, integer } from './data-record.ts';
import { keptBefore, type Due } from './due-date.ts';
import { assembled, mainRegister, perHour, type MbusMeterOptions } from './meter-options.ts';
import type { MbusMoment } from './model.ts';
import type { MbusSlave } from './slave.ts';
import { typeG } from './time-point.ts';
import { DATE, ERROR_FLAGS, volume, volumeFlow } from './vif.ts';

export interface WaterMeterOptions extends MbusMeterOptions {
  /** In litres. */
  readonly drawn: Drawn;
  /** Default the end of the year. */
  readonly due?: Due;
  /** So many months, in telegrams of their own. Default none. */
  readonly history?: number;
  readonly kind?: 'coldWater' | 'warmWater' | 'water';
  /** In litres an hour. Default: what follows from what passes. */
  readonly flow?: number;
}

const DIGITS = 8;
const LITRE = -3;
/** Twelve months, 13 or 14 bytes each, leave room in a telegram of 252 bytes. */
const MONTHS_PER_TELEGRAM = 12;
/** Storage 0 is now, 1 the due date, then the months. */
const FIRST_MONTH = 2;
const OBIS = { coldWater: '8-0:1.0.0', water: '8-0:1.0.0', warmWater: '9-0:1.0.0' } as const;

export function waterMeter(options: WaterMeterOptions): MbusSlave {
  const { drawn, due = { each: 'year', month: 12, day: 31 }, history = 0, kind = 'water' } = options;
  const register = mainRegister(options, drawn, DIGITS, 1);
  const volumeRecord = (litres: number, storage: number): Uint8Array =>
    dataRecord([volume(LITRE)], bcd(DIGITS, litres), { storage });

  const current = (moment: MbusMoment): Uint8Array => {
    const kept = keptBefore(moment, due);
    return Uint8Array.of(
      ...volumeRecord(register.total(moment.local), 0),
      ...dataRecord([volumeFlow(LITRE)], bcd(6, options.flow ?? perHour(register, moment.local))),
      ...volumeRecord(register.total(kept.at), 1),
      ...dataRecord([DATE], typeG(kept.day), { storage: 1 }),
      ...dataRecord(ERROR_FLAGS, integer(2, 0)),
    );
  };
  const month = (moment: MbusMoment, ago: number): Uint8Array => {
    const kept = keptBefore(moment, { each: 'month' }, ago);
    const storage = FIRST_MONTH + ago;
    const date = dataRecord([DATE], typeG(kept.day), { storage });
    return Uint8Array.of(...date, ...volumeRecord(register.total(kept.at), storage));
  };
  const months = (moment: MbusMoment, from: number): Uint8Array => {
    const count = Math.min(MONTHS_PER_TELEGRAM, history - from);
    return Uint8Array.from(Array.from({ length: count }, (_, i) => [...month(moment, from + i)]).flat());
  };
  const telegrams = (moment: MbusMoment): readonly Uint8Array[] => {
    const count = Math.ceil(history / MONTHS_PER_TELEGRAM);
    return [current(moment), ...Array.from({ length: count }, (_, i) => months(moment, i * MONTHS_PER_TELEGRAM))];
  };
  const type = { name: 'M-Bus water meter', manufacturer: 'HYD', version: 41, medium: MEDIUM[kind], replyDelayMs: 40 };
  return assembled(options, { ...type, content: { kind: 'variable', telegrams } }, (local) => ({
    [OBIS[kind]]: dialText(register.total(local), 3, 3),
    passed: dialText(register.passed(local), 3, 3),
  }));
}
