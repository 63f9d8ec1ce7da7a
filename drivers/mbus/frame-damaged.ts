/** Bytes that begin as a frame does and are none. */
import { hex } from '../bytes/hex.ts';
import { sum8 } from '../bytes/sum8.ts';
import { announcedLength, LEAST_COUNTED, LONG_START, SHORT_START, STOP } from './frame.ts';
import { undecodable, type FrameError, type UndecodableBytes } from './frame-found.ts';

const HEAD = 4;
/** FCB and FCV: the two bits of a master's C field that change from request to request. EN 13757-2, link layer. */
const FRAME_COUNT_BITS = 0x30;
/** SND_NKE, REQ_UD1, REQ_UD2: what a short frame asks, without the frame count bits. */
const SHORT_FUNCTIONS: ReadonlySet<number> = new Set([0x40, 0x4a, 0x4b]);

/** The damaged frame that begins at `start` and ends by `end`, where a whole frame or the end follows; null where none does. */
export function damagedFrame(bytes: Uint8Array, start: number, end: number): UndecodableBytes | null {
  if (bytes[start] === SHORT_START) return damagedShort(bytes, start, end);
  if (bytes[start] !== LONG_START) return null;
  return damagedHead(bytes, start, end) ?? damagedLong(bytes, start, end);
}

function damagedShort(bytes: Uint8Array, start: number, end: number): UndecodableBytes | null {
  const control = bytes[start + 1];
  const length = announcedLength(bytes, start) ?? 0;
  if (control === undefined || !SHORT_FUNCTIONS.has(control & ~FRAME_COUNT_BITS)) return null;
  if (start + length > end) {
    return end === bytes.length ? undecodable(start, end, truncated(end - start, length)) : null;
  }
  if (bytes[start + length - 1] !== STOP) return null;
  return undecodable(start, start + length, wrongCheckByte(bytes, start + 1, start + length));
}

/** A head that is cut off, or whose length bytes contradict each other. */
function damagedHead(bytes: Uint8Array, start: number, end: number): UndecodableBytes | null {
  if (end - start < HEAD) {
    const [, counted, again] = bytes.subarray(start, end);
    if (end < bytes.length || (again !== undefined && again !== counted)) return null;
    const message = `a frame's head, cut off after ${end - start} of ${HEAD} bytes`;
    return undecodable(start, end, { code: 'truncated', message });
  }
  if (bytes[start + 3] !== LONG_START) return null;
  const [counted = 0, again = 0] = bytes.subarray(start + 1, start + 3);
  if (counted === again && counted >= LEAST_COUNTED) return null;
  const message =
    counted === again
      ? `the length byte is ${counted}: C, A and CI field alone are ${LEAST_COUNTED}`
      : `the length bytes differ: ${counted} and ${again}`;
  return undecodable(start, start + HEAD, { code: 'structure', message });
}

function damagedLong(bytes: Uint8Array, start: number, end: number): UndecodableBytes | null {
  const length = announcedLength(bytes, start);
  if (length === null) return null;
  if (start + length > end) return undecodable(start, end, truncated(end - start, length));
  const stop = bytes.subarray(start + length - 1, start + length);
  if (stop[0] === STOP) return undecodable(start, start + length, wrongCheckByte(bytes, start + HEAD, start + length));
  const message = `byte ${length} of the frame is ${hex(stop)}, where the stop byte 16 belongs`;
  return undecodable(start, start + length, { code: 'structure', message });
}

function truncated(has: number, needs: number): FrameError {
  return { code: 'truncated', message: `${has} of ${needs} bytes of a frame` };
}

function wrongCheckByte(bytes: Uint8Array, summed: number, end: number): FrameError {
  const checksumFound = hex(bytes.subarray(end - 2, end - 1));
  const checksumExpected = hex(Uint8Array.of(sum8(bytes, summed, end - 2)));
  const message = `its check byte is ${checksumFound} and should be ${checksumExpected}`;
  return { code: 'checksum', message, checksumFound, checksumExpected };
}
