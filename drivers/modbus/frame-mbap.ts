/** The header of a Modbus TCP frame. MODBUS Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3. */
import { MAX_PDU } from './frame-lengths.ts';

/** Transaction, protocol and length (two bytes each) and unit. */
export const MBAP_LENGTH = 7;
/** What stands before the bytes that the length field counts, which are the unit and the PDU. */
export const BEFORE_COUNTED = 6;

export interface Mbap {
  readonly transaction: number;
  readonly unit: number;
  /** Where the frame ends; may lie beyond the bytes that have come. */
  readonly end: number;
}

/** The header at `start`; null where it is not whole or has an impossible field. */
export function mbapAt(bytes: Uint8Array, start: number): Mbap | null {
  if (start + MBAP_LENGTH > bytes.length || mbapFault(bytes, start) !== null) return null;
  return {
    transaction: wordAt(bytes, start),
    unit: bytes[start + BEFORE_COUNTED] ?? 0,
    end: start + BEFORE_COUNTED + countedAt(bytes, start),
  };
}

/** The field that keeps the bytes at `start` from being a header. Bytes that have not come yet are no fault. */
export function mbapFault(bytes: Uint8Array, start: number): 'protocol' | 'length' | null {
  if (wordAt(bytes, start + 2) !== 0) return 'protocol';
  if (start + BEFORE_COUNTED > bytes.length) return (bytes[start + 4] ?? 0) === 0 ? null : 'length';
  const counted = countedAt(bytes, start);
  return counted >= 2 && counted <= MAX_PDU + 1 ? null : 'length';
}

/** The length field of the header at `start`: how many bytes its unit and PDU have. */
export function countedAt(bytes: Uint8Array, start: number): number {
  return wordAt(bytes, start + 4);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}
