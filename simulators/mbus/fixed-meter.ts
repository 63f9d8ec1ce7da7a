/** An old meter, of water as a rule, with the fixed data structure: two counters of eight digits. EN 13757-3:2004. */
import type { Drawn } from '../metering/drawn.ts';
import { dialText } from '../metering/register.ts';
import { assembled, mainRegister, type MbusMeterOptions } from './meter-options.ts';
import { keptBefore } from './due-date.ts';
import type { FixedCounters, FixedMedium, MbusMoment } from './model.ts';
import type { MbusSlave } from './slave.ts';

export interface FixedMeterOptions extends MbusMeterOptions {
  /** In litres. */
  readonly drawn: Drawn;
  /** Default water. */
  readonly medium?: Extract<FixedMedium, 'water' | 'gas'>;
  /** Default BCD. */
  readonly coding?: FixedCounters['coding'];
}

const DIGITS = 8;
/** Unit codes of the fixed form: litres, and `the same, but historic`. */
const LITRES = 0x29;
const SAME_BUT_HISTORIC = 0x3e;

/** Litres now, and at the end of the last month. */
export function fixedMeter(options: FixedMeterOptions): MbusSlave {
  const { drawn, medium = 'water', coding = 'bcd' } = options;
  const register = mainRegister(options, drawn, DIGITS, 1);
  const counters = (moment: MbusMoment): FixedCounters => {
    const kept = keptBefore(moment, { each: 'month' });
    const values = [register.total(moment.local), register.total(kept.at)] as const;
    return { units: [LITRES, SAME_BUT_HISTORIC], values, coding };
  };
  const type = {
    name: 'M-Bus meter, fixed data',
    manufacturer: '@@@',
    version: 0,
    medium: 0xff,
    replyDelayMs: 90,
  };
  return assembled(options, { ...type, content: { kind: 'fixed', medium, counters } }, (local) => ({
    [medium === 'gas' ? '7-0:3.0.0' : '8-0:1.0.0']: dialText(register.total(local), 3, 3),
    passed: dialText(register.passed(local), 3, 3),
  }));
}
