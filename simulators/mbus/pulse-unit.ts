/**
 * A pulse unit on a gas or water meter: customer number, time, battery days, volume, what ran backwards, the volume on the due
 * date, and bytes of its maker that end in 1F without more telegrams to follow. The records are those of an Itron Cyble M-Bus
 * 1.4 (ACW, version 20) as libmbus's test frames show it.
 */
import type { Drawn } from '../metering/drawn.ts';
import { DAY_MS, type LocalMs } from '../metering/local-time.ts';
import { dialText } from '../metering/register.ts';
import { MEDIUM } from './codes.ts';
import { bcd, dataRecord, integer, MAKERS_DATA, text, textRecord } from './data-record.ts';
import { keptBefore, type Due } from './due-date.ts';
import { assembled, mainRegister, type MbusMeterOptions } from './meter-options.ts';
import type { MbusMoment } from './model.ts';
import type { MbusSlave } from './slave.ts';
import { typeF } from './time-point.ts';
import * as vif from './vif.ts';

export interface PulseUnitOptions extends MbusMeterOptions {
  readonly kind: 'gas' | 'water';
  /** In litres. */
  readonly drawn: Drawn;
  readonly due?: Due;
  /** Ten letters. Default blanks. */
  readonly customer?: string;
  readonly batteryEnds: LocalMs;
  /** What ran backwards, in 10 l. Default 0. */
  readonly backwards?: number;
  readonly makersData?: Uint8Array;
}

const DIGITS = 8;
const LITRES_PER_STEP = 10;
/** As a VIFE on the volume: a maker's, here what ran backwards. */
const BACKWARDS = vif.MAKERS_VIFE;
const OBIS = { gas: '7-0:3.0.0', water: '8-0:1.0.0' } as const;

export function pulseUnit(options: PulseUnitOptions): MbusSlave {
  const { kind, drawn, due = { each: 'month' }, customer = ' '.repeat(10), batteryEnds, backwards = 0 } = options;
  const { makersData = Uint8Array.of(0x00, 0x02, 0x1f) } = options;
  const register = mainRegister(options, drawn, DIGITS, LITRES_PER_STEP);
  const steps = (litres: number): number => Math.floor(litres / LITRES_PER_STEP);
  const telegrams = (moment: MbusMoment): readonly Uint8Array[] => {
    const { local, clock, id } = moment;
    const shown = clock.shows(local);
    const kept = keptBefore(moment, due);
    const days = Math.max(0, Math.floor((batteryEnds - local) / DAY_MS));
    return [
      Uint8Array.of(
        ...dataRecord([vif.FABRICATION_NUMBER], bcd(8, Number(id))),
        ...textRecord('cust. ID', text(customer)),
        ...dataRecord([vif.DATE_AND_TIME], typeF(shown)),
        ...textRecord('bat. time', integer(2, days)),
        ...dataRecord([vif.volume(-2)], integer(4, steps(register.total(local)))),
        ...dataRecord([vif.volume(-2), BACKWARDS], integer(4, backwards)),
        ...dataRecord([vif.volume(-2)], integer(4, steps(register.total(kept.at))), { storage: 1 }),
        MAKERS_DATA,
        ...makersData,
      ),
    ];
  };
  const type = {
    name: `M-Bus pulse unit on a ${kind} meter`,
    manufacturer: 'ACW',
    version: 20,
    medium: MEDIUM[kind],
    replyDelayMs: 70,
  };
  return assembled(options, { ...type, content: { kind: 'variable', telegrams } }, (local) => ({
    [OBIS[kind]]: dialText(register.total(local), 3, 2),
    passed: dialText(register.passed(local), 3, 3),
  }));
}
