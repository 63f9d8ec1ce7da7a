/** The fields of a PDU. MODBUS Application Protocol V1.1b3, 6 and 7. */
import { float32Of, meantFloat32 } from '../bytes/float32.ts';
import { hex } from '../bytes/hex.ts';
import { exceptionName } from './exceptions.ts';
import { EXCEPTION_FLAG, type Direction } from './frame-lengths.ts';
import { illegality } from './frame-limits.ts';

export type FieldValue = number | boolean | string | readonly number[];
export type Fields = Readonly<Record<string, FieldValue>>;

/** FC 5: what switches a coil on and off; some modules give other values a meaning of their own (6.5). */
const COIL_ON = 0xff00;
const COIL_OFF = 0x0000;

/** The smallest float32 of full precision: what is smaller and not 0 is two integers, not a measured value. */
const MIN_NORMAL = 2 ** -126;

/** The fields of `pdu`, by the names that captures use. `asked`: the PDU of the request that it answers, where known. */
export function explainPdu(pdu: Uint8Array, direction: Direction, asked?: Uint8Array): Fields {
  const [fc = 0, second = 0] = pdu;
  if (fc > EXCEPTION_FLAG) return { exception: second, name: exceptionName(second) };
  if (direction === 'reply') return explainReply(pdu, asked);
  const illegal = illegality(pdu);
  return {
    ...explainRequest(pdu),
    ...(illegal === null ? {} : { illegal, mustBeAnsweredWith: illegal }),
  };
}

/** Also the replies that repeat their request. */
function explainRequest(pdu: Uint8Array): Fields {
  const at = (offset: number): number => wordAt(pdu, offset);
  switch (pdu[0]) {
    case 1:
    case 2:
    case 3:
    case 4:
      return { address: at(1), count: at(3) };
    case 5:
      return { address: at(1), ...coilValue(at(3)), rawValue: at(3) };
    case 6:
      return { address: at(1), registers: [at(3)] };
    case 8:
      return { sub: at(1), data: hex(pdu.subarray(3)) };
    case 15:
      return { address: at(1), count: at(3), bits: bitsOf(pdu.subarray(6), at(3)) };
    case 16:
      return { address: at(1), count: at(3), ...registerFields(pdu.subarray(6)) };
    case 22:
      return { address: at(1), andMask: at(3), orMask: at(5) };
    case 23: {
      const written = registerFields(pdu.subarray(10));
      return { address: at(1), count: at(3), writeAddress: at(5), writeCount: at(7), ...written };
    }
    case 24:
      return { address: at(1) };
    default:
      return dataField(pdu.subarray(1));
  }
}

function explainReply(pdu: Uint8Array, asked?: Uint8Array): Fields {
  switch (pdu[0]) {
    case 1:
    case 2:
      return { bits: bitsOf(pdu.subarray(2), asked === undefined ? undefined : wordAt(asked, 3)) };
    case 3:
    case 4:
    case 23:
      return registerFields(pdu.subarray(2));
    case 15:
    case 16:
      return { address: wordAt(pdu, 1), count: wordAt(pdu, 3) };
    case 24:
      return { count: wordAt(pdu, 3), ...registerFields(pdu.subarray(5)) };
    default:
      return dataField(pdu.subarray(1));
  }
}

function dataField(data: Uint8Array): Fields {
  return data.length === 0 ? {} : { data: hex(data) };
}

function coilValue(raw: number): Fields {
  return raw === COIL_ON || raw === COIL_OFF ? { value: raw === COIL_ON } : {};
}

/** The lowest bit of the first byte comes first (6.1). */
function bitsOf(bytes: Uint8Array, count = bytes.length * 8): number[] {
  const bits = Array.from(bytes).flatMap((byte) => [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => (byte >>> bit) & 1));
  return bits.slice(0, count);
}

/** Two registers are also read as a float, high word first, as most meters send them. */
function registerFields(bytes: Uint8Array): Fields {
  const registers = Array.from({ length: bytes.length >>> 1 }, (_, i) => wordAt(bytes, 2 * i));
  const [high = 0, low = 0] = registers;
  const value = meantFloat32(float32Of(high * 0x1_0000 + low));
  const isValue = registers.length === 2 && Number.isFinite(value) && (value === 0 || Math.abs(value) >= MIN_NORMAL);
  return isValue ? { registers, value, wordOrder: 'high-first' } : { registers };
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}
