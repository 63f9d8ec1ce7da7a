/** What a master may ask of a meter, and the frames that carry it. CJ/T 188-2004, tables 5 to 10. */
import { bytesLowFirst } from '../bytes/bcd-low-first.ts';
import { DriverError } from '../errors.ts';
import { isWrite, READ_DATA, WRITE_ADDRESS, WRITE_BASE, WRITE_DATA, type MAKER_WRITE } from './control-codes.ts';
import { diBytes, type DiOrder } from './data-identifier.ts';
import { encodeTime } from './decode-time.ts';
import { addressBytes, ANY_ADDRESS, MAX_WRITE_DATA, sealFrame } from './frame.ts';
import { addressOf, refuseWildcard, type MeterSettings } from './meter.ts';
import { codeOfUnit } from './unit-codes.ts';
import {
  BASE_READING,
  CLOCK,
  NEW_ADDRESS,
  READING_DAY,
  SETTLEMENT_DAY,
  VALVE,
  VALVE_CODES,
  type ValveCommand,
} from './write-items.ts';

export interface Request {
  readonly control: number;
  readonly di: number;
  /** What follows SER. */
  readonly data: Uint8Array;
}

/**
 * The frame of a request, after wake-up bytes. `ser` is taken modulo 256. Throws DriverError (`config`): a write to the
 * wildcard address (an address may be written so, to the one meter of a line), more than 32H bytes to write, no address.
 */
export function sealRequest(
  meter: Pick<MeterSettings, 'meterType' | 'address' | 'wakeUps'>,
  { control, di, data }: Request,
  order: DiOrder,
  ser: number,
): Uint8Array {
  if (isWrite(control) && control !== WRITE_ADDRESS) refuseWildcard(meter);
  const payload = Uint8Array.of(...diBytes(di, order), ser & 0xff, ...data);
  if (isWrite(control) && payload.length > MAX_WRITE_DATA) {
    throw new DriverError('config', `${payload.length} bytes to write, more than ${MAX_WRITE_DATA}`);
  }
  return sealFrame({ meterType: meter.meterType, address: addressOf(meter), control, data: payload }, meter.wakeUps);
}

/** Asks for an item: `di` such as 901F, D120 to D12B. */
export function readRequest(di: number, control = READ_DATA): Request {
  return { control, di, data: new Uint8Array() };
}

/** `control`: 2A for makers that write the valve with a code of their own. */
export function valveRequest(
  command: ValveCommand,
  control: typeof WRITE_DATA | typeof MAKER_WRITE = WRITE_DATA,
): Request {
  return { control, di: VALVE, data: Uint8Array.of(VALVE_CODES[command]) };
}

/** `text`: the local time to set, `2017-01-09 17:20:06`. Throws DriverError (`config`) where it is none. */
export function clockRequest(text: string): Request {
  return { control: WRITE_DATA, di: CLOCK, data: demand(encodeTime(text), `${text} is no time`) };
}

/** The day of each month, 1 to 31, at which the meter keeps its reading. Throws DriverError (`config`). */
export function settlementDayRequest(day: number): Request {
  return { control: WRITE_DATA, di: SETTLEMENT_DAY, data: dayByte(day) };
}

/** The day of each month, 1 to 31, at which the meter is read. Throws DriverError (`config`). */
export function readingDayRequest(day: number): Request {
  return { control: WRITE_DATA, di: READING_DAY, data: dayByte(day) };
}

/** `address`: the new one, 14 digits. Most meters obey until they are enabled for use. Throws DriverError (`config`). */
export function addressRequest(address: string): Request {
  if (address.toLowerCase() === ANY_ADDRESS) throw new DriverError('config', 'no meter may have the wildcard address');
  return { control: WRITE_ADDRESS, di: NEW_ADDRESS, data: addressBytes(address) };
}

/**
 * Sets what the register of an electronic meter shows to what its dial shows. `value`: a decimal of at most six digits before
 * and two behind the point; `unit`: `m3`, `L`, `kWh` … Throws DriverError (`config`).
 */
export function baseReadingRequest(value: string, unit: string): Request {
  const code = demand(codeOfUnit(unit), `${unit} has no code`);
  const [, whole = '', fraction = ''] = demand(
    /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(value),
    `${value} does not fit 999999.99`,
  );
  const digits = whole.padStart(6, '0') + fraction.padEnd(2, '0');
  const bytes = demand(bytesLowFirst(digits), `${value} has other characters than digits`);
  return { control: WRITE_BASE, di: BASE_READING, data: Uint8Array.of(...bytes, code) };
}

function dayByte(day: number): Uint8Array {
  if (!Number.isInteger(day) || day < 1 || day > 31) throw new DriverError('config', `${day} is no day of a month`);
  return demand(bytesLowFirst(String(day).padStart(2, '0')), `${day} is no day of a month`);
}

function demand<T>(value: T | null, message: string): T {
  if (value === null) throw new DriverError('config', message);
  return value;
}
