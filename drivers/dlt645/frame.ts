/** Frames of DL/T 645-1997 and -2007: address, control code, data. 2007: 5.2. Delimiting only; what they mean is explain.ts. */
import { sum8 } from '../bytes/sum8.ts';
import { DriverError } from '../errors.ts';
import { addressBytes, addressText } from './frame-address.ts';

export interface Frame {
  /** Twelve digits as printed on the meter; `aa` where a byte is a wildcard. */
  readonly address: string;
  readonly control: number;
  /** Without the 33H that is added to each byte on the wire. */
  readonly data: Uint8Array;
}

export const START = 0x68;
export const END = 0x16;
export const WAKE_UP = 0xfe;
/** How many of them a master sends first (2007: 5.2.1); a meter may send as many before its reply. */
export const WAKE_UP_BYTES = 4;
/** Control code: it comes from a meter. */
export const FROM_METER = 0x80;
/** Control code of a meter: it refuses. */
export const REFUSED = 0x40;
/** Control code of a meter: there is more to read. */
export const MORE = 0x20;
export const FUNCTION_MASK = 0x1f;

/** Everything but the data: start, address, start, control code, length, checksum, end. */
export const ENVELOPE = 12;
/** Start, address, start, control code, length: what tells where a frame ends. */
export const HEAD = 10;
const SECOND_START = 7;
const OFFSET = 0x33;
const MAX_DATA = 255;

/**
 * The frame as it goes over the wire, after the wake-up bytes.
 * Throws DriverError `config` where the address is none.
 */
export function sealFrame({ address, control, data }: Frame, wakeUp = WAKE_UP_BYTES): Uint8Array {
  const addressed = addressBytes(address);
  if (addressed === null) throw new DriverError('config', `${address} is no DL/T 645 address: twelve digits are`);
  if (data.length > MAX_DATA) throw new DriverError('config', `${data.length} bytes of data do not fit into one frame`);
  const body = [START, ...addressed, START, control, data.length, ...data.map((byte) => byte + OFFSET)];
  const check = sum8(Uint8Array.from(body));
  return Uint8Array.from([...Array<number>(wakeUp).fill(WAKE_UP), ...body, check, END]);
}

/** What a whole frame carries; `bytes` from its first 68H to its 16H. */
export function openFrame(bytes: Uint8Array): Frame {
  return {
    address: addressText(bytes.subarray(1, SECOND_START)),
    control: bytes[8] ?? 0,
    data: bytes.subarray(HEAD, -2).map((byte) => byte - OFFSET),
  };
}

/**
 * Where the frame ends whose head is at `bytes[start]`; beyond `bytes` where not all of it is there. Null where no head is:
 * 68H occurs in addresses and data too, and DL/T 698.45 frames begin with it.
 */
export function frameEnd(bytes: Uint8Array, start: number): number | null {
  const isHead = start + HEAD <= bytes.length && bytes[start] === START && bytes[start + SECOND_START] === START;
  return isHead ? start + ENVELOPE + (bytes[start + HEAD - 1] ?? 0) : null;
}

/** Where the whole and sound frame ends that begins at `bytes[start]`; null where there is none. */
export function soundFrameEnd(bytes: Uint8Array, start: number): number | null {
  const end = frameEnd(bytes, start);
  if (end === null || bytes[end - 1] !== END) return null;
  return sum8(bytes, start, end - 2) === bytes[end - 2] ? end : null;
}
