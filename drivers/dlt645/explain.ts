/** Explains captured bytes, frame by frame, for a person with a cable and a doubt. */
import { hex } from '../bytes/hex.ts';
import { functionName, versionOf, type Version } from './control-codes.ts';
import { explainData } from './explain-data.ts';
import type { Fields } from './explain-item.ts';
import { ENVELOPE, FROM_METER, openFrame, type Frame } from './frame.ts';
import { findFrames } from './frame-find.ts';
import type { FrameError } from './frame-found.ts';

/**
 * One frame, or the bytes between two. Plain JSON; offsets and lengths in bytes. `offset` is where its first 68H stands; the
 * wake-up bytes right before it belong to it too, and `preambleFE` says how many they are.
 */
export type DecodeEntry =
  | { readonly ok: true; readonly offset: number; readonly length: number; readonly fields: Fields }
  | { readonly ok: false; readonly offset: number; readonly length: number; readonly error: DecodeError };

export type DecodeError = FrameError & { readonly preambleFE?: number };

/**
 * Explains every frame in `bytes`, in order; the entries cover all bytes. `protocol` decides between the versions only where
 * a control code does not: functions 03 and 08 are in both.
 */
export function explainStream(protocol: 'dlt645-2007' | 'dlt645-1997', bytes: Uint8Array): DecodeEntry[] {
  const otherwise: Version = protocol === 'dlt645-2007' ? '2007' : '1997';
  return findFrames(bytes).map((found) => {
    const { offset, length, wakeUp } = found;
    if (!found.ok) {
      const isFrame = found.error.address !== undefined;
      return { ok: false, offset, length, error: { ...found.error, ...(isFrame ? { preambleFE: wakeUp } : {}) } };
    }
    const frame = openFrame(bytes.subarray(offset, offset + length));
    return { ok: true, offset, length, fields: explainFrame(frame, wakeUp, length - ENVELOPE, otherwise) };
  });
}

function explainFrame(frame: Frame, preambleFE: number, length: number, otherwise: Version): Fields {
  const { address, control, data } = frame;
  const version = versionOf(control, otherwise);
  return {
    preambleFE,
    address,
    control: hex(Uint8Array.of(control)).toUpperCase(),
    function: functionName(control, version) ?? 'unknown',
    length,
    dir: control & FROM_METER ? 'reply' : 'request',
    data: hex(data),
    version,
    ...explainData(frame, version),
  };
}
