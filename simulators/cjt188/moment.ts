/** A meter at one moment, and what it shows then: its registers now and at settlement days, by its own clock. */
import { localMs, wallOf, type LocalMs } from '../metering/local-time.ts';
import type { MeterClock } from '../metering/meter-clock.ts';
import { SCALE, type Cjt188Model, type RegisterUnit, type SentRegister } from './model.ts';
import type { Cjt188State } from './state.ts';

export interface Moment {
  readonly model: Cjt188Model;
  readonly state: Cjt188State;
  readonly clock: MeterClock;
  /** Monotonic milliseconds: what motors go by. */
  readonly now: number;
  /** The local time, whatever the meter's clock shows. */
  readonly local: LocalMs;
}

const HUNDREDTHS = 100_000_000;
const RATE_MS = 360_000;
const RATES_PER_HOUR = 10;

/** In hundredths of the unit that it is sent in, 0 to 99999999. */
export function current(moment: Moment, sent: SentRegister): number {
  return shownAt(moment, sent, moment.local);
}

/** What the register showed when the settlement day began by the meter's clock, `ago` months before the last one. */
export function settled(moment: Moment, sent: SentRegister, ago = 0): number {
  return shownAt(moment, sent, moment.clock.reached(settlementStart(moment, ago)));
}

/** When that settlement day began, as the meter's clock shows it. */
export function settlementStart({ clock, local, state }: Moment, ago: number): LocalMs {
  const shown = clock.shows(local);
  const { year, month } = wallOf(shown);
  const isAhead = localMs(year, month, state.settlementDay) > shown;
  return localMs(year, month - ago - (isAhead ? 1 : 0), state.settlementDay);
}

/** What has really passed since the meter was installed, in hundredths, whatever it shows: what a bill should come to. */
export function passed({ local }: Moment, { register, unit }: SentRegister): number {
  return inHundredths(register.passed(local), unit);
}

/** What passes in an hour, litres or kJ: ten times what the last six minutes have brought. */
export function perHour({ register, unit }: SentRegister, local: LocalMs): number {
  return (RATES_PER_HOUR * (register.passed(local) - register.passed(local - RATE_MS))) / SCALE[unit].drawn;
}

function shownAt({ state }: Moment, { register, unit }: SentRegister, at: LocalMs): number {
  const { hundredths, since } = state.base;
  const shown = inHundredths(register.total(at), unit);
  return (shown + (at >= since ? hundredths : 0)) % HUNDREDTHS;
}

/** Counts of a register in hundredths of its unit, cut off. */
function inHundredths(counts: number, unit: RegisterUnit): number {
  return Math.floor(counts / SCALE[unit].hundredth);
}
