/** What a place amounts to at which no sound frame begins. */
import { hex } from '../bytes/hex.ts';
import { sum8 } from '../bytes/sum8.ts';
import { END, ENVELOPE, frameEnd } from './frame.ts';
import { frame698End } from './frame-698.ts';
import { addressText } from './frame-address.ts';
import type { FrameError } from './frame-found.ts';

export interface Damage {
  readonly end: number;
  readonly error: FrameError;
}

/** What begins at `bytes[start]` and ends at `limit` at the latest; null where nothing has the structure of a frame. */
export function damageAt(bytes: Uint8Array, start: number, limit: number): Damage | null {
  const end = frameEnd(bytes, start);
  if (end === null) return foreignAt(bytes, start, limit);
  const claims = {
    address: addressText(bytes.subarray(start + 1, start + 7)),
    control: hex(bytes.subarray(start + 8, start + 9)).toUpperCase(),
    length: end - start - ENVELOPE,
  };
  if (end > limit) {
    const message = `${limit - start} bytes of a frame of ${end - start}`;
    return { end: limit, error: { code: 'truncated', message, ...claims } };
  }
  const checksumFound = byteText(bytes[end - 2] ?? 0);
  const checksumExpected = byteText(sum8(bytes, start, end - 2));
  if (bytes[end - 1] === END) {
    const message = `its checksum is ${checksumFound} and should be ${checksumExpected}`;
    return { end, error: { code: 'checksum', message, ...claims, checksumFound, checksumExpected } };
  }
  if (checksumFound !== checksumExpected) return null;
  return {
    end,
    error: { code: 'end', message: `it ends with ${byteText(bytes[end - 1] ?? 0)} and not 16`, ...claims },
  };
}

function foreignAt(bytes: Uint8Array, start: number, limit: number): Damage | null {
  const end = frame698End(bytes, start);
  if (end === null || end > limit) return null;
  return { end, error: { code: 'foreign', message: 'a frame of DL/T 698.45, which is another protocol' } };
}

function byteText(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
