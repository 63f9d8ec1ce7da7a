/** Finds the Modbus RTU frames in bytes of which nothing else is known: no request to compare with, no silences. */
import { crc16Modbus } from '../bytes/crc16.ts';
import { wholeFrame, type FoundFrame } from './frame-found.ts';
import { pduForms } from './frame-lengths.ts';
import { explainStretch } from './frame-rtu-stretch.ts';

/** Unit and CRC. */
const ENVELOPE = 3;
const SHORTEST = 4;

/**
 * Covers `bytes` from end to end, in order. A frame is where a known shape has a right CRC; of several at one place it
 * is the longest. The bytes between frames are explained as far as their structure is evident. At most 256 steps a byte.
 */
export function findRtuFrames(bytes: Uint8Array): FoundFrame[] {
  const found: FoundFrame[] = [];
  let explained = 0;
  let at = 0;
  while (at + SHORTEST <= bytes.length) {
    const end = endOfFrame(bytes, at);
    if (end === null) {
      at++;
    } else {
      found.push(...explainStretch(bytes, explained, at), wholeFrame(at, end));
      at = explained = end;
    }
  }
  return [...found, ...explainStretch(bytes, explained, bytes.length)];
}

function endOfFrame(bytes: Uint8Array, start: number): number | null {
  const ends = pduForms(bytes, start + 1)
    .map(({ length }) => start + length + ENVELOPE)
    .filter((end) => end <= bytes.length && crc16Modbus(bytes, start, end) === 0);
  return ends.length === 0 ? null : Math.max(...ends);
}
