/** Data records: DIF, DIFE, VIF, VIFE, value. EN 13757-3, variable data structure. */

export interface RecordHead {
  /** Default the value at this moment. */
  readonly function?: 'max' | 'min' | 'error';
  readonly storage?: number;
  readonly tariff?: number;
  readonly subunit?: number;
  /** At least so many DIFE: some makers send one that says nothing. */
  readonly leastDifes?: number;
}

/** A value as it is coded: the low half of the DIF, and the bytes. */
export interface Coded {
  readonly code: number;
  readonly bytes: Uint8Array;
}

const FUNCTION_BITS = { max: 0x10, min: 0x20, error: 0x30 } as const;
const EXTENSION = 0x80;
/** How a DIF names the bytes of an integer and the digits of a BCD number. */
const INTEGER_CODES: Readonly<Record<number, number>> = { 1: 0x1, 2: 0x2, 3: 0x3, 4: 0x4, 6: 0x6, 8: 0x7 };
const BCD_CODES: Readonly<Record<number, number>> = { 2: 0x9, 4: 0xa, 6: 0xb, 8: 0xc, 12: 0xe };
const LVAR_CODE = 0xd;
const REAL_CODE = 0x5;

/** Asks for a record that is left out: between records, a filler. */
export const FILLER = 0x2f;
/** What follows is the maker's; with 1F more telegrams follow. */
export const MAKERS_DATA = 0x0f;
export const MORE_FOLLOWS = 0x1f;

/** One record; `vif` with its extensions, without their extension bits. A plain text is a VIF 7C and stands in `text`. */
export function dataRecord(vif: readonly number[], value: Coded, head: RecordHead = {}): Uint8Array {
  return Uint8Array.of(...informationOf(value.code, head), ...extended(vif), ...value.bytes);
}

/** A record whose unit is written out (VIF 7C): the text stands last letter first. */
export function textRecord(text: string, value: Coded, head: RecordHead = {}): Uint8Array {
  return Uint8Array.of(...informationOf(value.code, head), 0x7c, text.length, ...backwards(text), ...value.bytes);
}

/** Two's complement, low byte first. */
export function integer(bytes: number, value: number): Coded {
  const unsigned = BigInt.asUintN(8 * bytes, BigInt(value));
  const low = Uint8Array.from({ length: bytes }, (_, i) => Number((unsigned >> BigInt(8 * i)) & 0xffn));
  return { code: codeOf(INTEGER_CODES, bytes), bytes: low };
}

/** Digits that have no room are lost, as on a dial; a negative number has F as its first digit. */
export function bcd(digits: number, value: number): Coded {
  const shown = String(Math.abs(value)).padStart(digits, '0').slice(-digits);
  const signed = value < 0 ? `f${shown.slice(1)}` : shown;
  return { code: codeOf(BCD_CODES, digits), bytes: hexLowFirst(signed) };
}

/** Single precision, low byte first. */
export function real(value: number): Coded {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return { code: REAL_CODE, bytes };
}

/** ISO 8859-1 of variable length, last letter first. */
export function text(value: string): Coded {
  return { code: LVAR_CODE, bytes: Uint8Array.of(value.length, ...backwards(value)) };
}

/** Bytes whose meaning is the VIF's: a date, a time. */
export function coded(bytes: Uint8Array): Coded {
  return { code: codeOf(INTEGER_CODES, bytes.length), bytes };
}

/** `12345678` → 78 56 34 12; also hexadecimal digits, which some makers have in their numbers. */
export function hexLowFirst(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits, 'hex')).reverse();
}

function informationOf(code: number, head: RecordHead): number[] {
  const { storage = 0, tariff = 0, subunit = 0, leastDifes = 0 } = head;
  const functionBits = head.function === undefined ? 0 : FUNCTION_BITS[head.function];
  const information = [code | functionBits | ((storage & 1) << 6)];
  let rest = { storage: storage >> 1, tariff, subunit };
  while (rest.storage + rest.tariff + rest.subunit > 0 || information.length <= leastDifes) {
    information.push(((rest.subunit & 1) << 6) | ((rest.tariff & 3) << 4) | (rest.storage & 0xf));
    rest = { storage: rest.storage >> 4, tariff: rest.tariff >> 2, subunit: rest.subunit >> 1 };
  }
  return extended(information);
}

/** All but the last with the bit that says that more follow. */
function extended(fields: readonly number[]): number[] {
  return fields.map((field, at) => (at < fields.length - 1 ? field | EXTENSION : field));
}

function backwards(value: string): Uint8Array {
  return Uint8Array.from(Buffer.from(value, 'latin1')).reverse();
}

function codeOf(codes: Readonly<Record<number, number>>, size: number): number {
  const code = codes[size];
  if (code === undefined) throw new RangeError(`no data field has ${size} bytes or digits`);
  return code;
}
