/** The envelope of a DC-09 frame: `LF CRC LEN content CR`. ANSI/SIA DC-09, 5.5.1. */
import { crc16Arc } from '../bytes/crc16.ts';

const LF = 0x0a;
const CR = 0x0d;
/** CRC and LEN, four hex digits each. */
export const HEADER_LENGTH = 8;
/** Of the content, in bytes: LEN has three digits that count, after a zero. */
export const MAX_CONTENT = 0x0fff;

/**
 * Wraps `content`, which begins with the quoted id: its CRC-16/ARC and its count of bytes (not of characters) stand before
 * it. Throws RangeError for more than MAX_CONTENT bytes, or for a CR or LF inside, which would end the frame.
 */
export function sealFrame(content: string): Uint8Array {
  const bytes = new TextEncoder().encode(content);
  if (bytes.length > MAX_CONTENT) throw new RangeError(`${bytes.length} bytes are no DC-09 frame`);
  if (/[\r\n]/.test(content)) throw new RangeError('a DC-09 frame has no line break inside');
  const header = hexDigits(crc16Arc(bytes)) + hexDigits(bytes.length);
  return Uint8Array.of(LF, ...new TextEncoder().encode(header), ...bytes, CR);
}

/** Four hex digits in capitals. */
export function hexDigits(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

export function isLineEnd(byte: number | undefined): boolean {
  return byte === LF || byte === CR;
}
