/** How much of the address space a point takes, and which raw values its type can hold. */
import type { ModbusPoint, Table } from '../profile.ts';

type NumericType = Exclude<ModbusPoint['type'], 'string'>;

const REGISTERS = {
  bool: 1, u16: 1, i16: 1, bcd16: 1, u32: 2, i32: 2, f32: 2, bcd32: 2, u64: 4, i64: 4, f64: 4,
} as const satisfies Record<NumericType, number>; // prettier-ignore

const RANGES = {
  bool: [0, 1],
  u16: [0, 0xffff],
  i16: [-0x8000, 0x7fff],
  bcd16: [0, 9_999],
  u32: [0, 0xffff_ffff],
  i32: [-0x8000_0000, 0x7fff_ffff],
  bcd32: [0, 99_999_999],
  u64: [0, 2 ** 64],
  i64: [-(2 ** 63), 2 ** 63],
  f32: [-3.4028234663852886e38, 3.4028234663852886e38],
  f64: [-Number.MAX_VALUE, Number.MAX_VALUE],
} as const satisfies Record<NumericType, readonly [number, number]>;

/** Whether addresses of `table` count 16-bit registers; otherwise they count single bits. */
export function isRegisterTable(table: Table): boolean {
  return table === 'holding' || table === 'input';
}

/** Registers (in a coil or discrete table: bits) that `point` takes from its address on. */
export function extentOf(point: Pick<ModbusPoint, 'type' | 'length'>): number {
  return point.type === 'string' ? (point.length ?? 1) : REGISTERS[point.type];
}

/** Whether values of `type` carry a fraction on the wire. */
export function isFloat(type: ModbusPoint['type']): boolean {
  return type === 'f32' || type === 'f64';
}

/** Lowest and highest raw value, before scale and offset; undefined for a string. */
export function rawRange(point: Pick<ModbusPoint, 'type' | 'bit' | 'width'>): readonly [number, number] | undefined {
  if (point.type === 'string') return undefined;
  return point.bit === undefined ? RANGES[point.type] : [0, 2 ** point.width - 1];
}
