/**
 * CJ/T 188 frames: 68 T A0…A6 C L DATA CS 16, the same in the 2004 and 2018 editions. Delimiting only; what the data
 * mean is decode.ts. The check byte is the sum of everything from 68 on, modulo 256; wake-up bytes do not count.
 * Source: CJ/T 188-2004, link layer, as cnblogs.com/cj94/p/18534595 gives it; checked on captured frames.
 */
import { hex } from '../bytes/hex.ts';
import { sum8 } from '../bytes/sum8.ts';
import { DriverError } from '../errors.ts';

export const START = 0x68;
export const END = 0x16;
/** Precedes a frame: two to four by the standard, none to thirteen on real lines. */
export const WAKE_UP = 0xfe;
/** 68 T A0…A6 C L. */
export const HEADER_LENGTH = 11;
/** The header, CS and 16. */
export const ENVELOPE_LENGTH = 13;
/** The most data that a frame carries, in bytes; a write carries at most 32H. */
export const MAX_DATA = 0x64;
export const MAX_WRITE_DATA = 0x32;

export const REPLY_FLAG = 0x80;
export const ERROR_FLAG = 0x40;

/** T and address that any meter takes for its own; for a line with one meter on it. */
export const ANY_TYPE = 0xaa;
export const ANY_ADDRESS = 'aaaaaaaaaaaaaa';

const TYPE_AT = 1;
const ADDRESS_AT = 2;
const CONTROL_AT = 9;
export const LENGTH_AT = 10;
export const SENT_WAKE_UPS = 4;

export interface Frame {
  /** T. */
  readonly meterType: number;
  /** A6…A0 as printed on the meter: 14 digits, lower case where a maker uses hex. */
  readonly address: string;
  /** C. */
  readonly control: number;
  readonly data: Uint8Array;
}

/** The frame as it goes onto the wire, after wake-up bytes. Throws DriverError (`config`) on what has no such frame. */
export function sealFrame({ meterType, address, control, data }: Frame, wakeUps = SENT_WAKE_UPS): Uint8Array {
  if (!Number.isInteger(meterType) || meterType < 0 || meterType > 0xff) {
    throw new DriverError('config', `meter type ${meterType} is no byte`);
  }
  if (data.length > MAX_DATA) throw new DriverError('config', `${data.length} bytes of data, more than ${MAX_DATA}`);
  const frame = Uint8Array.of(START, meterType, ...addressBytes(address), control, data.length, ...data, 0, END);
  frame[frame.length - 2] = sum8(frame, 0, frame.length - 2);
  return Uint8Array.of(...new Uint8Array(wakeUps).fill(WAKE_UP), ...frame);
}

/** The parts of a whole frame: `bytes` begins at its 68. */
export function openFrame(bytes: Uint8Array): Frame {
  const length = bytes[LENGTH_AT] ?? 0;
  return {
    meterType: bytes[TYPE_AT] ?? 0,
    address: hex(bytes.subarray(ADDRESS_AT, CONTROL_AT).toReversed()),
    control: bytes[CONTROL_AT] ?? 0,
    data: bytes.subarray(HEADER_LENGTH, HEADER_LENGTH + length),
  };
}

/** Where the frame ends that begins at `bytes[start]`; null unless all of it is there, its check byte and its 16 right. */
export function frameEnd(bytes: Uint8Array, start: number): number | null {
  const length = bytes[start + LENGTH_AT];
  if (bytes[start] !== START || length === undefined || length > MAX_DATA) return null;
  const end = start + ENVELOPE_LENGTH + length;
  if (end > bytes.length || bytes[end - 1] !== END) return null;
  return sum8(bytes, start, end - 2) === bytes[end - 2] ? end : null;
}

/** How many wake-up bytes stand right before `bytes[before]`, none of them before `from`. */
export function wakeUpsBefore(bytes: Uint8Array, before: number, from: number): number {
  let at = before;
  while (at > from && bytes[at - 1] === WAKE_UP) at--;
  return before - at;
}

/** A0…A6 of an address as printed. Throws DriverError (`config`) where it has not 14 digits. */
export function addressBytes(address: string): Uint8Array {
  if (!/^[0-9a-f]{14}$/i.test(address)) {
    throw new DriverError(
      'config',
      `${JSON.stringify(address)} is no CJ/T 188 address: 14 digits, two of them for each byte`,
    );
  }
  return Uint8Array.from(Buffer.from(address, 'hex')).reverse();
}
