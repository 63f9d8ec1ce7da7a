/** Finds the frames in bytes of which nothing else is known: no request to compare with, no silences. */
import { WAKE_UP, soundFrameEnd } from './frame.ts';
import { damageAt } from './frame-damage.ts';
import { garbage, undecodable, type FoundFrame } from './frame-found.ts';

/**
 * Covers `bytes` from end to end, in order: each entry is its wake-up bytes, if any, and `[offset, offset + length)`.
 *
 * A frame is where 68H is followed by 68H seven bytes later, the length leads to 16H and the checksum holds; where it does
 * not, the search goes on one byte later, because 68H and 16H also occur inside addresses and data. What is between sound
 * frames is explained as far as its structure is evident. At most 550 steps a byte.
 */
export function findFrames(bytes: Uint8Array): FoundFrame[] {
  const found: FoundFrame[] = [];
  let explained = 0;
  let at = 0;
  while (at < bytes.length) {
    const end = soundFrameEnd(bytes, at);
    if (end === null) {
      at++;
    } else {
      const wakeUp = wakeUpBefore(bytes, explained, at);
      found.push(...explainStretch(bytes, explained, at - wakeUp), { ok: true, offset: at, length: end - at, wakeUp });
      at = explained = end;
    }
  }
  return [...found, ...explainStretch(bytes, explained, bytes.length)];
}

/** Covers `bytes[start, end)`, in which no frame is sound. */
function explainStretch(bytes: Uint8Array, start: number, end: number): FoundFrame[] {
  const found: FoundFrame[] = [];
  let explained = start;
  let at = start;
  while (at < end) {
    const damage = damageAt(bytes, at, end);
    if (damage === null) {
      at++;
    } else {
      const wakeUp = wakeUpBefore(bytes, explained, at);
      if (at - wakeUp > explained) found.push(garbage(explained, at - wakeUp));
      found.push(undecodable(at, damage.end, wakeUp, damage.error));
      at = explained = damage.end;
    }
  }
  if (explained < end) found.push(garbage(explained, end));
  return found;
}

/** How many wake-up bytes stand right before `bytes[at]`, none of them before `from`. */
function wakeUpBefore(bytes: Uint8Array, from: number, at: number): number {
  let first = at;
  while (first > from && bytes[first - 1] === WAKE_UP) first--;
  return at - first;
}
