/** Rules that one point can break on its own. */
import type { ProfileMistake } from '../../contract.ts';
import type { ModbusPoint } from '../profile.ts';
import type { Draft } from './draft.ts';
import { extentOf, isFloat, isRegisterTable, rawRange } from './extent.ts';

/** A field of the point and what is wrong with it. */
type Finding = readonly [field: string, text: string, element?: string | number];

const RULES: readonly ((point: ModbusPoint) => readonly Finding[])[] = [
  tableFitsType, bitField, text, access, range, enumeration, invalid, extent, channel,
]; // prettier-ignore

/** Checks each point of `draft`. */
export function pointMistakes(draft: Draft): readonly ProfileMistake[] {
  return draft.points.flatMap(({ index, item }) =>
    RULES.flatMap((rule) => rule(item)).map(([field, text, element]) => ({
      path: ['points', index, field, ...(element === undefined ? [] : [element])],
      message: `point ${item.key}: ${text}`,
    })),
  );
}

function tableFitsType({ table, type, bit }: ModbusPoint): readonly Finding[] {
  if (isRegisterTable(table)) {
    if (type !== 'bool' || bit !== undefined) return [];
    return [['bit', `type bool in the ${table} table needs bit, 0 to 15: which bit of the register it is`]];
  }
  const findings: Finding[] = [];
  if (type !== 'bool') findings.push(['type', `a ${table} point is one bit: its type must be bool, not ${type}`]);
  if (bit !== undefined) findings.push(['bit', `a ${table} point is one bit already: leave bit out`]);
  return findings;
}

function bitField({ table, type, bit, width }: ModbusPoint): readonly Finding[] {
  if (bit === undefined) return width === 1 ? [] : [['width', 'width needs bit: the lowest bit of the field']];
  if (!isRegisterTable(table)) return [];
  if (type !== 'bool' && type !== 'u16') {
    return [['type', `a bit field is of type bool (one bit) or u16 (several), not ${type}`]];
  }
  if (type === 'bool' && width > 1) return [['width', 'a bool is one bit wide: make it u16, or leave width out']];
  if (bit + width <= 16) return [];
  return [['width', `bits ${bit} to ${bit + width - 1} do not fit into a register: bit + width is at most 16`]];
}

function text({ type, length, access }: ModbusPoint): readonly Finding[] {
  if (type !== 'string') return length === undefined ? [] : [['length', `length is for strings, not for ${type}`]];
  const findings: Finding[] = [];
  if (length === undefined) findings.push(['length', 'a string needs length: its registers, 1 to 123']);
  if (access !== 'r') findings.push(['access', 'a string cannot be written: access must be r']);
  return findings;
}

function access(point: ModbusPoint): readonly Finding[] {
  const { table, writeFunction } = point;
  if (table === 'discrete' || table === 'input') {
    return point.access === 'r'
      ? []
      : [['access', `the ${table} table is read-only: access must be r, or table ${writableTable(table)}`]];
  }
  if (writeFunction === undefined) return [];
  if (point.access === 'r') return [['writeFunction', 'writeFunction is for points that can be written']];
  const fits = table === 'coil' ? [5, 15] : extentOf(point) > 1 ? [16] : [6, 16];
  return fits.includes(writeFunction)
    ? []
    : [['writeFunction', `function ${writeFunction} cannot write it: one of ${fits.join(', ')}`]];
}

function writableTable(table: 'discrete' | 'input'): string {
  return table === 'discrete' ? 'coil' : 'holding';
}

function range({ type, access, min, max, scale, enum: names }: ModbusPoint): readonly Finding[] {
  const findings: Finding[] = [];
  if (scale === 0) findings.push(['scale', 'scale 0 makes every value the offset: leave it out or set the factor']);
  if (min !== undefined && max !== undefined && min > max) {
    findings.push(['min', `min ${min} is above max ${max}: swap them`]);
  }
  if (access !== 'r' && type !== 'bool' && type !== 'string' && names === undefined) {
    const missing = [...(min === undefined ? ['min'] : []), ...(max === undefined ? ['max'] : [])];
    const [first] = missing;
    if (first !== undefined) {
      findings.push([first, `can be written and has no ${missing.join(' and ')}: give its range or an enum`]);
    }
  }
  return findings;
}

function enumeration(point: ModbusPoint): readonly Finding[] {
  if (point.enum === undefined) return [];
  if (isFloat(point.type) || point.type === 'bool' || point.type === 'string') {
    return [['enum', `enum is for whole numbers, not for ${point.type}`]];
  }
  return outside(point, Object.keys(point.enum).map(Number)).map((value) => [
    'enum',
    `enum names ${value}, which ${holds(point)}`,
    String(value),
  ]);
}

function invalid(point: ModbusPoint): readonly Finding[] {
  if (point.invalid.length > 0 && rawRange(point) === undefined) {
    return [['invalid', 'invalid is for numbers: a string has no such value']];
  }
  return outside(point, point.invalid).map((value) => [
    'invalid',
    `invalid value ${value} can never be read: it ${holds(point)} before scale and offset`,
    point.invalid.indexOf(value),
  ]);
}

function outside(point: ModbusPoint, values: readonly number[]): readonly number[] {
  const [low, high] = rawRange(point) ?? [0, 0];
  return values.filter((value) => value < low || value > high || (!isFloat(point.type) && !Number.isInteger(value)));
}

function holds(point: ModbusPoint): string {
  const [low, high] = rawRange(point) ?? [0, 0];
  const what = point.bit === undefined ? point.type : `a field of ${point.width} bits`;
  return `is not a value of ${what}, which holds ${low} to ${high}`;
}

function extent(point: ModbusPoint): readonly Finding[] {
  const last = point.address + extentOf(point) - 1;
  return last <= 65535
    ? []
    : [['address', `ends at address ${last}, beyond 65535: start it at ${65535 - extentOf(point) + 1} or below`]];
}

function channel({ type, channel, role }: ModbusPoint): readonly Finding[] {
  if ((channel === undefined) !== (role === undefined)) {
    return channel === undefined
      ? [['channel', `has role ${String(role)} and no channel: give both or neither`]]
      : [['role', `has channel ${channel} and no role (level, counter or latch): give both or neither`]];
  }
  if (role === undefined) return [];
  const bool = role !== 'counter';
  return (type === 'bool') === bool ? [] : [['type', `a ${role} is ${bool ? 'a bool' : 'a number'}, not ${type}`]];
}
