/** What the makers of all M-Bus meters are told, and how they put them together. */
import type { CommunityTime } from '../metering/community-time.ts';
import type { Drawn } from '../metering/drawn.ts';
import type { LocalMs } from '../metering/local-time.ts';
import type { MeterClockOptions } from '../metering/meter-clock.ts';
import { createRegister, type Register, type RegisterOptions } from '../metering/register.ts';
import type { Dial } from '../wire/line-device.ts';
import type { MbusModel } from './model.ts';
import { createMbusSlave, type MbusSlave } from './slave.ts';
import type { InitialMbusState } from './state.ts';

export interface MbusMeterOptions {
  readonly id: string;
  readonly time: CommunityTime;
  readonly address: InitialMbusState;
  /** What its main register showed before anything was drawn, in its steps. Default 0. */
  readonly initial?: number;
  /** Faults of its main register; `by` in litres, Wh or kJ. */
  readonly register?: Pick<RegisterOptions, 'jumps' | 'stuckFrom'>;
  readonly clock?: MeterClockOptions;
  /** What distinguishes it from the usual one. */
  readonly model?: Partial<Omit<MbusModel, 'content'>>;
}

/** What it is as a maker's type: everything that all types have in common may be left out. */
export type MbusType = Pick<MbusModel, 'name' | 'manufacturer' | 'version' | 'medium' | 'replyDelayMs' | 'content'>;

const USUAL: Omit<MbusModel, keyof MbusType> = {
  fabrication: null,
  status: 0,
  powerLowFrom: null,
  ignoresFcb: false,
  isMuteToReset: false,
  repliesAs: 'primary',
  deadFrom: null,
};

export function assembled(options: MbusMeterOptions, type: MbusType, shows: (local: LocalMs) => Dial): MbusSlave {
  const { id, time, address, clock } = options;
  const model = { ...USUAL, fabrication: address.id, ...type, ...options.model };
  return createMbusSlave({ id, model, initial: address, time, shows, ...(clock && { clock }) });
}

/** The main register: `digits` digits, each step so many units (litres, Wh, kJ). */
export function mainRegister(options: MbusMeterOptions, drawn: Drawn, digits: number, unitsPerStep: number): Register {
  const { initial = 0, register } = options;
  const modulus = 10 ** digits * unitsPerStep;
  return createRegister({ drawn, initial: [initial * unitsPerStep], modulus, ...register });
}

const RATE_MS = 360_000;
const RATES_PER_HOUR = 10;

/** What passes in an hour: ten times what the last six minutes have brought. */
export function perHour(register: Register, local: LocalMs): number {
  return RATES_PER_HOUR * (register.passed(local) - register.passed(local - RATE_MS));
}
