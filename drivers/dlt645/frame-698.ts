/** Tells frames of DL/T 698.45, which newer meters speak on the same port, from those of DL/T 645. */
import { END, START } from './frame.ts';

/** Length, control, flags and length of the server address: what comes before that address. */
const BEFORE_ADDRESS = 5;
const ADDRESS_LENGTH_MASK = 0x0f;
const LENGTH_MASK = 0x3fff;

/**
 * Where the DL/T 698.45 frame ends that begins at `bytes[start]`: 68, length, control, server address, client address, its
 * header's check sequence, …, 16. The length counts what is between 68 and 16. Null where none is.
 */
export function frame698End(bytes: Uint8Array, start: number): number | null {
  if (bytes[start] !== START) return null;
  const at = (offset: number): number => bytes[start + offset] ?? 0;
  const end = start + ((at(1) + at(2) * 256) & LENGTH_MASK) + 2;
  const check = BEFORE_ADDRESS + (at(4) & ADDRESS_LENGTH_MASK) + 2;
  if (end > bytes.length || bytes[end - 1] !== END || start + check + 2 > end) return null;
  return crc16X25(bytes, start + 1, start + check) === at(check) + at(check + 1) * 256 ? end : null;
}

/** The frame check sequence of RFC 1662, which is also that of DL/T 698.45. */
function crc16X25(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0xffff;
  for (let i = start; i < end; i++) {
    crc ^= bytes[i] ?? 0;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  }
  return crc ^ 0xffff;
}
