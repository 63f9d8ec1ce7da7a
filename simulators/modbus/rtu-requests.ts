/** Finds requests in the bytes that a device hears on a serial line: MODBUS over Serial Line V1.02, 2.5.1. */
import { crc16Modbus } from '../../drivers/bytes/crc16.ts';

/** Whole frames with their CRC. 0x17 and above and the ones with a length of their own are reckoned below. */
const FIXED_LENGTHS: Readonly<Record<number, number>> = {
  0x01: 8, 0x02: 8, 0x03: 8, 0x04: 8, 0x05: 8, 0x06: 8, 0x07: 4, 0x08: 8, 0x0b: 4, 0x0c: 4, 0x11: 4, 0x16: 10, 0x18: 6,
  0x2b: 7,
}; // prettier-ignore

/** Where a frame has its byte count, and how long it is without those bytes. */
const COUNTED: Readonly<Record<number, { readonly at: number; readonly rest: number }>> = {
  0x0f: { at: 6, rest: 9 },
  0x10: { at: 6, rest: 9 },
  0x14: { at: 2, rest: 5 },
  0x15: { at: 2, rest: 5 },
  0x17: { at: 10, rest: 13 },
};

const SHORTEST = 4;

function valid(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= SHORTEST && end <= bytes.length && crc16Modbus(bytes, start, end) === 0;
}

/**
 * Where the request that starts at `start` ends whose CRC is right; neighbours without a gap between them are told apart by
 * their length. `'incomplete'` where more bytes decide it, undefined when none starts there.
 */
export function requestEnd(bytes: Uint8Array, start: number): number | 'incomplete' | undefined {
  const code = bytes[start + 1];
  if (code === undefined) return 'incomplete';
  const counted = COUNTED[code];
  const countByte = counted === undefined ? undefined : bytes[start + counted.at];
  if (counted !== undefined && countByte === undefined) return 'incomplete';
  const length = FIXED_LENGTHS[code] ?? (counted && countByte !== undefined ? counted.rest + countByte : undefined);
  // A function that the standard does not have: its end is known only from the silence after it.
  if (length === undefined) return valid(bytes, start, bytes.length) ? bytes.length : undefined;
  const end = start + length;
  if (end > bytes.length) return 'incomplete';
  return valid(bytes, start, end) ? end : undefined;
}
