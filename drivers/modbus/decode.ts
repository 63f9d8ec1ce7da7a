/** What a point's registers or bits mean. */
import type { Quality, Value } from '../contract.ts';
import { extentOf, isRegisterTable } from './profile-rules/extent.ts';
import type { ModbusPoint } from './profile.ts';
import { rawValue, type RawValue } from './raw-value.ts';
import { floatValue, integerValue } from './scaling.ts';

export { extentOf as registersOf } from './profile-rules/extent.ts';

export interface Decoded {
  readonly value: Value;
  readonly quality: Quality;
  /** Why the quality is not good, in words. */
  readonly reason?: string;
}

/**
 * Decodes what was read from a point's address on: as many registers (0 to 65535, as they stand on the wire) or bits as
 * `registersOf` says. Bad where the device says that there is no value (NaN, no BCD digit, no text, one of `invalid`);
 * uncertain where it is outside min and max or not in the enum. An enum's value is the name. Throws RangeError where
 * `data` is too short, which no device can cause.
 */
export function decodePoint(point: ModbusPoint, data: readonly number[] | readonly boolean[]): Decoded {
  if (!isRegisterTable(point.table)) return good(bitOf(point, data));
  return meaning(point, rawValue(point, registersFrom(point, data)));
}

function bitOf(point: ModbusPoint, [bit]: readonly number[] | readonly boolean[]): boolean {
  if (typeof bit !== 'boolean') throw new RangeError(`point ${point.key}: no bit to decode`);
  return bit;
}

function registersFrom(point: ModbusPoint, data: readonly number[] | readonly boolean[]): number[] {
  const registers = data.slice(0, extentOf(point)).filter((word) => typeof word === 'number');
  if (registers.length < extentOf(point)) throw new RangeError(`point ${point.key}: too few registers to decode`);
  return registers;
}

function meaning(point: ModbusPoint, raw: RawValue): Decoded {
  switch (raw.kind) {
    case 'none':
      return bad(raw.reason);
    case 'bool':
      return good(raw.bool);
    case 'text':
      return good(raw.text);
    case 'integer': {
      if (point.invalid.includes(Number(raw.integer))) return noValue(String(raw.integer));
      const value = integerValue(raw.integer, point);
      return point.enum === undefined ? judge(point, value) : named(point.enum, raw.integer, value);
    }
    case 'float': {
      const absent = point.type === 'f32' ? point.invalid.map(Math.fround) : point.invalid;
      if (absent.includes(raw.float)) return noValue(String(raw.meant));
      const value = floatValue(raw.meant, point);
      return Number.isFinite(value) ? judge(point, value) : bad(`${raw.meant} is too large to be scaled`);
    }
  }
}

/** Profiles write an enumeration's number; a reading carries its name. */
export function means(point: ModbusPoint, value: Value, wanted: number | boolean): boolean {
  return value === wanted || (value !== null && value === point.enum?.[String(wanted)]);
}

function named(names: Readonly<Record<string, string>>, raw: bigint, value: number | string): Decoded {
  const name = names[String(raw)];
  return name === undefined ? uncertain(value, `${value} has no name in the profile`) : good(name);
}

function judge({ min = -Infinity, max = Infinity }: ModbusPoint, value: number | string): Decoded {
  if (Number(value) < min) return uncertain(value, `${value} is below ${min}`);
  if (Number(value) > max) return uncertain(value, `${value} is above ${max}`);
  return good(value);
}

function good(value: Value): Decoded {
  return { value, quality: 'good' };
}

function uncertain(value: Value, reason: string): Decoded {
  return { value, quality: 'uncertain', reason };
}

function bad(reason: string): Decoded {
  return { value: null, quality: 'bad', reason };
}

function noValue(raw: string): Decoded {
  return bad(`the device sends ${raw} for "no value"`);
}
