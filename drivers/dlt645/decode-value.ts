/** The value in the bytes of a data item. What no digits spell is null with a reason, and never 0. */
import { digitsLowFirst, registerText } from '../bytes/bcd-low-first.ts';
import { hex } from '../bytes/hex.ts';
import { baudOf } from './baud.ts';
import { decodeClock } from './decode-clock.ts';
import type { Version } from './control-codes.ts';
import { notBcd, unknown, type DecodedValue } from './decoded-value.ts';
import { sizeOf, type Format, type NumberFormat } from './format.ts';
import { readStatus } from './status-words.ts';

const FILLER = 0xff;
const SIGN = 0x80;

/** `bytes` as they come over the wire, without the +33H. */
export function decodeValue(format: Format, bytes: Uint8Array, version: Version): DecodedValue {
  const size = sizeOf(format);
  if (size !== null && bytes.length < size) return unknown(`${bytes.length} of ${size} bytes`);
  if (bytes.length > 0 && bytes.every((byte) => byte === FILLER)) return unknown('absent (FF)');
  switch (format.kind) {
    case 'number':
      return decodeNumber(format, bytes);
    case 'demand':
      return decodeDemand(format.number, bytes);
    case 'clock':
      return decodeClock(format.pattern, bytes);
    case 'word':
      return { value: `0x${highFirst(bytes)}`, status: readStatus(format.word, bytes) };
    case 'digits':
      return decodeDigits(bytes);
    case 'text':
      return decodeText(bytes);
    case 'baud':
      return decodeBaud(bytes[0] ?? 0, version);
  }
}

function decodeNumber({ decimals, signed }: NumberFormat, bytes: Uint8Array): DecodedValue {
  const top = bytes.length - 1;
  const isNegative = signed && (bytes[top] ?? 0) >= SIGN;
  const digits = digitsLowFirst(isNegative ? bytes.map((byte, i) => (i === top ? byte & ~SIGN : byte)) : bytes);
  if (digits === null) return notBcd(bytes);
  const text = registerText(digits, decimals);
  return { value: isNegative && /[1-9]/.test(digits) ? `-${text}` : text };
}

function decodeDemand(format: NumberFormat, bytes: Uint8Array): DecodedValue {
  const number = decodeNumber(format, bytes.subarray(0, format.bytes));
  return { ...number, time: decodeClock('YYMMDDhhmm', bytes.subarray(format.bytes)).value };
}

function decodeDigits(bytes: Uint8Array): DecodedValue {
  const digits = digitsLowFirst(bytes);
  return digits === null ? notBcd(bytes) : { value: digits };
}

function decodeText(bytes: Uint8Array): DecodedValue {
  const text = Buffer.from(bytes).reverse().toString('latin1').replaceAll('\0', '').trim();
  if (text === '') return unknown('empty');
  return /^[\x20-\x7e]*$/.test(text) ? { value: text } : unknown(`not ASCII: ${hex(bytes)}`);
}

function decodeBaud(z: number, version: Version): DecodedValue {
  const baud = baudOf(z, version);
  return baud === null ? unknown(`${highFirst(Uint8Array.of(z))} is no baud rate`) : { value: String(baud) };
}

function highFirst(bytes: Uint8Array): string {
  return hex(Uint8Array.from(bytes).reverse());
}
