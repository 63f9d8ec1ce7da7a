/**
 * Wired M-Bus frames: single character, short frame, long frame (format class FT 1.2 of IEC 60870-5-1, EN 13757-2).
 * Delimiting and sealing only; what a frame's data mean is decoded elsewhere.
 */
import { sum8 } from '../bytes/sum8.ts';

export const ACK = 0xe5;
export const SHORT_START = 0x10;
export const LONG_START = 0x68;
export const STOP = 0x16;

export const SHORT_LENGTH = 5;
/** A long frame's bytes besides those that its length field counts: the head of four, the check byte, the stop byte. */
export const LONG_ENVELOPE = 6;
/** The length field counts the C, A and CI fields and the data. */
export const LEAST_COUNTED = 3;
export const MOST_COUNTED = 255;
const DATA_START = 7;

/** What a whole frame carries. */
export type Frame =
  | { readonly kind: 'ack' }
  | { readonly kind: 'short'; readonly control: number; readonly address: number }
  | {
      readonly kind: 'long';
      readonly control: number;
      readonly address: number;
      readonly ci: number;
      readonly data: Uint8Array;
    };

export function sealShort(control: number, address: number): Uint8Array {
  return Uint8Array.of(SHORT_START, control, address, (control + address) & 0xff, STOP);
}

/** Throws RangeError where there are more than 252 bytes of data. */
export function sealLong(control: number, address: number, ci: number, data: Uint8Array): Uint8Array {
  const counted = data.length + LEAST_COUNTED;
  if (counted > MOST_COUNTED) throw new RangeError(`a long frame has no room for ${data.length} bytes of data`);
  const head = [LONG_START, counted, counted, LONG_START, control, address, ci];
  const check = (control + address + ci + sum8(data)) & 0xff;
  return Uint8Array.of(...head, ...data, check, STOP);
}

/** How long the frame is that begins at `start`, as far as its head says; null where no frame can begin. */
export function announcedLength(bytes: Uint8Array, start: number): number | null {
  switch (bytes[start]) {
    case ACK:
      return 1;
    case SHORT_START:
      return SHORT_LENGTH;
    case LONG_START: {
      const counted = countedAt(bytes, start);
      return counted === null ? null : counted + LONG_ENVELOPE;
    }
    default:
      return null;
  }
}

/** The end of the whole, undamaged frame that begins at `start`; null where there is none. At most 261 steps. */
export function endOfFrame(bytes: Uint8Array, start: number): number | null {
  const length = announcedLength(bytes, start);
  if (length === null || start + length > bytes.length) return null;
  if (length === 1) return start + 1;
  const end = start + length;
  const summed = bytes[start] === SHORT_START ? start + 1 : start + 4;
  return bytes[end - 1] === STOP && bytes[end - 2] === sum8(bytes, summed, end - 2) ? end : null;
}

/** What the whole frame `bytes` carries: as delimited by endOfFrame. */
export function openFrame(bytes: Uint8Array): Frame {
  const [start = 0, control = 0, address = 0] = bytes;
  if (start === ACK) return { kind: 'ack' };
  if (start === SHORT_START) return { kind: 'short', control, address };
  const [longControl = 0, longAddress = 0, ci = 0] = bytes.subarray(4, DATA_START);
  return { kind: 'long', control: longControl, address: longAddress, ci, data: bytes.subarray(DATA_START, -2) };
}

/** What the length fields at `start` count; null where the head `68 L L 68` is damaged or not all there. */
function countedAt(bytes: Uint8Array, start: number): number | null {
  const [first, counted = 0, again, second] = bytes.subarray(start, start + 4);
  const whole = first === LONG_START && second === LONG_START && counted === again;
  return whole && counted >= LEAST_COUNTED ? counted : null;
}
