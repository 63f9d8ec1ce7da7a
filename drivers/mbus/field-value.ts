/** The data of a record by the coding that its DIF names: types A (BCD), B, C, D (binary), H (real), text. EN 13757-3:2018, Annex A. */
import { digitsLowFirst } from '../bytes/bcd-low-first.ts';
import { float32Of, shortestFloat32 } from '../bytes/float32.ts';
import { decimalOf, type Decimal } from '../bytes/decimal.ts';
import { kindOfLvar, type LvarKind } from './lvar.ts';
import type { RawRecord } from './raw-record.ts';
import { latin1FromEnd } from './text.ts';

/** What the data say before the VIF scales it; exact. */
export type FieldValue =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'real'; readonly value: Decimal }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none'; readonly reason: string };

/** EN 13757-3:2018, Table 4; by the DIF's data field. */
type Coding = 'none' | 'binary' | 'real' | 'selection' | 'bcd' | 'variable' | 'reserved';
const B = 'binary';
const CODINGS: readonly Coding[] = [
  ...(['none', B, B, B, B, 'real', B, B] as const),
  ...(['selection', 'bcd', 'bcd', 'bcd', 'bcd', 'variable', 'bcd', 'reserved'] as const),
];

export function codingOf(dif: number): Coding {
  return CODINGS[dif & 0x0f] ?? 'reserved';
}

/** `unsigned`: the VIF says that binary data have no sign. */
export function readField({ dif, lvar, data }: RawRecord, unsigned: boolean): FieldValue {
  const coding = codingOf(dif);
  switch (coding) {
    case 'none':
      return none('the record has no data');
    case 'selection':
      return none('a selection for readout');
    case 'reserved':
      return none('its DIF is reserved');
    case 'binary':
      return readBinary(data, unsigned);
    case 'real':
      return readReal(data);
    case 'bcd':
      return readBcd(data);
    case 'variable':
      return readVariable(kindOfLvar(lvar ?? 0), data);
  }
}

/** The lowest byte first; types C and D without a sign, type B with one. */
function readBinary(data: Uint8Array, unsigned: boolean): FieldValue {
  const value = unsignedOf(data);
  if (unsigned) return { kind: 'integer', value };
  const bits = 8 * data.length;
  const signed = BigInt.asIntN(bits, value);
  // Annex A, type B: of all numbers the most negative one is no number.
  return signed === -(1n << BigInt(bits - 1)) ? none(`${signed}: the mark of an invalid value`) : integer(signed);
}

/** Type H. */
function readReal(data: Uint8Array): FieldValue {
  const float = float32Of(Number(unsignedOf(data)));
  return Number.isFinite(float)
    ? { kind: 'real', value: decimalOf(shortestFloat32(float)) }
    : none(`${float}: no value`);
}

/** Type A. F before the digits is a minus sign (libmbus issue 197); any other digit above 9 is no number. */
function readBcd(data: Uint8Array): FieldValue {
  const plain = digitsLowFirst(data);
  if (plain !== null) return integer(BigInt(plain));
  const digits = Buffer.from(data.toReversed()).toString('hex').toUpperCase();
  const behindSign = /^F(\d+)$/.exec(digits)?.[1];
  if (behindSign !== undefined) return integer(-BigInt(behindSign));
  return none(/^F+$/.test(digits) ? `${digits}: filler` : `${digits}: not decimal digits`);
}

function readVariable(kind: LvarKind | null, data: Uint8Array): FieldValue {
  switch (kind) {
    case 'text': {
      const text = latin1FromEnd(data);
      return text === '' ? none('blank text') : { kind: 'text', text };
    }
    case 'positiveBcd':
    case 'negativeBcd': {
      const digits = digitsLowFirst(data);
      if (digits === null || digits === '') return none('not decimal digits');
      return integer(kind === 'positiveBcd' ? BigInt(digits) : -BigInt(digits));
    }
    case 'binary':
      if (data.length === 0) return none('the record has no data');
      // Whether such a number has a sign, its sources disagree.
      return ((data.at(-1) ?? 0) & 0x80) === 0 ? integer(unsignedOf(data)) : none('a binary number of unclear sign');
    case null:
      return none('its length byte is reserved');
  }
}

function unsignedOf(data: Uint8Array): bigint {
  return data.length === 0 ? 0n : BigInt(`0x${Buffer.from(data.toReversed()).toString('hex')}`);
}

function integer(value: bigint): FieldValue {
  return { kind: 'integer', value };
}

function none(reason: string): FieldValue {
  return { kind: 'none', reason };
}
