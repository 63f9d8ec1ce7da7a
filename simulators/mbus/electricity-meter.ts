/**
 * An electricity meter: energy, voltage, current, power, its number, a byte of its maker. The records are those of an NZR DHZ
 * 5/63 (version 1) as libmbus's test frames show it.
 */
import { sum, type Drawn } from '../metering/drawn.ts';
import { dialText } from '../metering/register.ts';
import { MEDIUM } from './codes.ts';
import { bcd, dataRecord, integer, MAKERS_DATA } from './data-record.ts';
import { assembled, mainRegister, perHour, type MbusMeterOptions } from './meter-options.ts';
import type { MbusMoment } from './model.ts';
import type { MbusSlave } from './slave.ts';
import * as vif from './vif.ts';

export interface ElectricityMeterOptions extends MbusMeterOptions {
  /** In Wh; tariffs are added up. */
  readonly drawn: Drawn;
  /** In 0.1 V. Default 2300. */
  readonly voltage?: number;
}

/** 999999.999 kWh: what four bytes hold is more. */
const DIGITS = 9;
const MAKERS_BYTE = 0x0e;

export function electricityMeter(options: ElectricityMeterOptions): MbusSlave {
  const { drawn, voltage = 2_300 } = options;
  const register = mainRegister(options, (local) => [sum(drawn(local))], DIGITS, 1);
  const telegrams = ({ local, id }: MbusMoment): readonly Uint8Array[] => {
    const wattHours = register.total(local);
    const watts = perHour(register, local);
    return [
      Uint8Array.of(
        ...dataRecord([vif.energy(0)], integer(4, wattHours)),
        ...dataRecord([vif.energy(0), vif.MAKERS_VIFE], integer(4, wattHours)),
        ...dataRecord(vif.voltage(-1), integer(2, voltage)),
        // 10 W / 0.1 V / 0.1 A: unity power factor.
        ...dataRecord(vif.current(-1), integer(2, Math.round((100 * watts) / voltage))),
        ...dataRecord([vif.power(0)], integer(2, watts)),
        ...dataRecord([vif.FABRICATION_NUMBER], bcd(8, Number(id))),
        MAKERS_DATA,
        MAKERS_BYTE,
      ),
    ];
  };
  const type = {
    name: 'M-Bus electricity meter',
    manufacturer: 'NZR',
    version: 1,
    medium: MEDIUM.electricity,
    replyDelayMs: 25,
  };
  return assembled(options, { ...type, content: { kind: 'variable', telegrams } }, (local) => ({
    '1-0:1.8.0': dialText(register.total(local), 3, 3),
    passed: dialText(register.passed(local), 3, 3),
  }));
}
