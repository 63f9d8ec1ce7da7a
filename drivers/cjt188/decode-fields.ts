/** Turns the data of an item into values, field by field. Nothing is rounded, and nothing is guessed. */
import { digitsLowFirst, registerText } from '../bytes/bcd-low-first.ts';
import { hex } from '../bytes/hex.ts';
import { hexByte } from './code-text.ts';
import { decodeStatus, type MeterStatus, type StBitOrder } from './decode-status.ts';
import { decodeTime, type MeterTime } from './decode-time.ts';
import { fieldLength, type Field, type MeasuredField } from './layout.ts';
import { unitOf, type UnitCode } from './unit-codes.ts';

export type DecodedField =
  | MeasuredValue
  | { readonly type: 'number'; readonly name: string; readonly value: string | null; readonly reason?: string }
  | { readonly type: 'time'; readonly name: string; readonly time: MeterTime }
  | { readonly type: 'status'; readonly name: 'st'; readonly status: MeterStatus }
  | { readonly type: 'raw'; readonly name: string; readonly hex: string };

export interface MeasuredValue {
  readonly type: 'measured';
  readonly name: string;
  /** In `unit`, with the register's decimals; null where it must not be used, and `reason` says why. */
  readonly value: string | null;
  /** What the register shows, whatever its unit is; null where it is no number. */
  readonly shown: string | null;
  /** Null for a code that no table has. */
  readonly unit: string | null;
  readonly unitCode: string;
  readonly reason?: string;
}

/** `data` must have the layout's length. */
export function decodeFields(fields: readonly Field[], data: Uint8Array, stBitOrder: StBitOrder): DecodedField[] {
  return slices(fields, data).map(([field, bytes]) => decodeField(field, bytes, stBitOrder));
}

/** Whether each value in `data` is a number in a unit that its field may have, or a filler. */
export function unitsFit(fields: readonly Field[], data: Uint8Array): boolean {
  return slices(fields, data).every(
    ([field, bytes]) =>
      field.type !== 'measured' || isFiller(numberBytes(field, bytes)) || decodeMeasured(field, bytes).value !== null,
  );
}

function slices(fields: readonly Field[], data: Uint8Array): (readonly [Field, Uint8Array])[] {
  let at = 0;
  return fields.map((field) => {
    const bytes = data.subarray(at, at + fieldLength(field));
    at += bytes.length;
    return [field, bytes] as const;
  });
}

function decodeField(field: Field, bytes: Uint8Array, stBitOrder: StBitOrder): DecodedField {
  const { name } = field;
  switch (field.type) {
    case 'measured':
      return decodeMeasured(field, bytes);
    case 'number':
      return { type: 'number', name, ...decodeNumber(bytes, field.decimals) };
    case 'integer':
      return { type: 'number', name, value: String(integerOf(bytes, field.signed)) };
    case 'time':
      return { type: 'time', name, time: decodeTime(bytes) };
    case 'status':
      return { type: 'status', name: field.name, status: decodeStatus(bytes, stBitOrder) };
    case 'address':
      return { type: 'raw', name, hex: hex(bytes.toReversed()) };
    case 'raw':
      return { type: 'raw', name, hex: hex(bytes) };
  }
}

function decodeMeasured(field: MeasuredField, bytes: Uint8Array): MeasuredValue {
  const code = bytes[field.unitAt === 'after' ? field.bytes : 0] ?? 0;
  const unit = unitOf(code);
  const number = decodeNumber(numberBytes(field, bytes), field.decimals - (unit?.exponent ?? 0));
  const known = { type: 'measured', name: field.name, unit: unit?.unit ?? null, unitCode: hexByte(code) } as const;
  if (number.value === null) return { ...known, ...number, shown: null };
  const unfit = unit === null ? `unit code ${known.unitCode} is in no table` : unfitUnit(field, unit);
  if (unfit === null) return { ...known, value: number.value, shown: number.value };
  return { ...known, value: null, shown: number.value, reason: `${unfit}: the register shows ${number.value}` };
}

function numberBytes(field: MeasuredField, bytes: Uint8Array): Uint8Array {
  return field.unitAt === 'after' ? bytes.subarray(0, field.bytes) : bytes.subarray(1);
}

function unfitUnit({ quantities }: MeasuredField, { unit, quantity }: UnitCode): string | null {
  return quantities.includes(quantity) ? null : `${unit} is no unit of ${quantities.join(' or ')}`;
}

function isFiller(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0xff);
}

function decodeNumber(bytes: Uint8Array, decimals: number): { value: string | null; reason?: string } {
  if (isFiller(bytes)) return { value: null, reason: 'FF in place of a value: not supported' };
  const digits = digitsLowFirst(bytes);
  if (digits === null) return { value: null, reason: `${hex(bytes)} are no decimal digits` };
  return { value: registerText(digits, decimals) };
}

function integerOf(bytes: Uint8Array, isSigned: boolean): number {
  const unsigned = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  const range = 256 ** bytes.length;
  return isSigned && unsigned >= range / 2 ? unsigned - range : unsigned;
}
