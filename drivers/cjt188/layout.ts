/** The vocabulary of layouts: what stands in the data of an item, in the order of the wire. Data only. */
import type { Unit } from '../units.ts';
import type { Family } from './meter-types.ts';
import type { Quantity } from './unit-codes.ts';

export type Field = MeasuredField | NumberField | IntegerField | TimeField | StatusField | AddressField | RawField;

/** A decimal number with a unit byte beside it. */
export interface MeasuredField {
  readonly type: 'measured';
  readonly name: string;
  /** Of the number, without its unit byte. */
  readonly bytes: number;
  readonly decimals: number;
  /** What the unit must be a unit of. */
  readonly quantities: readonly Quantity[];
  readonly unitAt: 'after' | 'before';
}

/** A decimal number without a unit byte. */
export interface NumberField {
  readonly type: 'number';
  readonly name: string;
  readonly bytes: number;
  readonly decimals: number;
  /** Undefined: it has none, or no source gives it. */
  readonly unit?: Unit | undefined;
}

/** A binary number, low byte first. */
export interface IntegerField {
  readonly type: 'integer';
  readonly name: string;
  readonly bytes: 1 | 2;
  readonly signed: boolean;
  readonly unit?: Unit | undefined;
}

/** ss mm hh DD MM YY CC; without CC where it has 6 bytes. */
export interface TimeField {
  readonly type: 'time';
  readonly name: string;
  readonly bytes: 6 | 7;
}

/** ST1 ST2. */
export interface StatusField {
  readonly type: 'status';
  readonly name: 'st';
  readonly bytes: 2;
}

export interface AddressField {
  readonly type: 'address';
  readonly name: string;
  readonly bytes: 7;
}

/** Bytes that no source explains, or that are codes. */
export interface RawField {
  readonly type: 'raw';
  readonly name: string;
  readonly bytes: number;
}

/** What a data identifier, or each of a range of them, stands for. */
export interface Item {
  /** First and last data identifier. */
  readonly di: readonly [number, number];
  readonly name: string;
  /** What is counted backwards over the range: 1 at its first identifier. */
  readonly ago?: 'months' | 'freezes';
  /** Undefined: the same for all. */
  readonly families?: readonly Family[];
  /** Undefined: the item is known, and no source gives its layout. */
  readonly fields?: readonly Field[];
}

const ENERGY_OR_VOLUME: readonly Quantity[] = ['volume', 'energy'];

export function measured(name: string, bytes: number, decimals: number, quantity: Quantity): MeasuredField {
  return { type: 'measured', name, bytes, decimals, quantities: [quantity], unitAt: 'after' };
}

/** For meters of which T does not say what they count. */
export function counted(name: string): MeasuredField {
  return { type: 'measured', name, bytes: 4, decimals: 2, quantities: ENERGY_OR_VOLUME, unitAt: 'after' };
}

export function number(name: string, bytes: number, decimals: number, unit?: Unit): NumberField {
  return { type: 'number', name, bytes, decimals, unit };
}

export function integer(name: string, bytes: 1 | 2, signed = false, unit?: Unit): IntegerField {
  return { type: 'integer', name, bytes, signed, unit };
}

export function raw(name: string, bytes: number): RawField {
  return { type: 'raw', name, bytes };
}

export const TIME: TimeField = { type: 'time', name: 'time', bytes: 7 };
export const STATUS: StatusField = { type: 'status', name: 'st', bytes: 2 };

/** Bytes on the wire, the unit included. */
export function fieldLength(field: Field): number {
  return field.type === 'measured' ? field.bytes + 1 : field.bytes;
}

export function layoutLength(fields: readonly Field[]): number {
  return fields.reduce((sum, field) => sum + fieldLength(field), 0);
}

/** The same fields with the unit byte of each measured value before it. */
export function unitFirst(fields: readonly Field[]): readonly Field[] {
  return fields.map((field) => (field.type === 'measured' ? { ...field, unitAt: 'before' } : field));
}
