/** Finds the CJ/T 188 frames in bytes of which nothing else is known. */
import type { FoundFrame } from './frame-found.ts';
import { explainStretch } from './frame-stretch.ts';
import { frameEnd, wakeUpsBefore } from './frame.ts';

/**
 * Covers `bytes` from end to end, in order, when each entry is taken with its `preambleFE`. A frame is where a 68 has a
 * right check byte and a 16 at the place that L gives: a 16 or 68 inside the data ends or begins nothing. The bytes
 * between frames are explained as far as their structure is evident. At most MAX_DATA + 11 steps a byte.
 */
export function findFrames(bytes: Uint8Array): FoundFrame[] {
  const found: FoundFrame[] = [];
  let explained = 0;
  let at = 0;
  while (at < bytes.length) {
    const end = frameEnd(bytes, at);
    if (end === null) {
      at++;
      continue;
    }
    const preambleFE = wakeUpsBefore(bytes, at, explained);
    found.push(...explainStretch(bytes, explained, at - preambleFE));
    found.push({ ok: true, offset: at, length: end - at, preambleFE });
    at = explained = end;
  }
  return [...found, ...explainStretch(bytes, explained, bytes.length)];
}
