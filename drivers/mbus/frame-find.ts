/** Finds the M-Bus frames in bytes of which nothing else is known. */
import { ACK, endOfFrame } from './frame.ts';
import { garbage, wholeFrame, type FoundFrame } from './frame-found.ts';
import { damagedFrame } from './frame-damaged.ts';

/**
 * Covers `bytes` from end to end, in order. Short and long frames are where a right check byte and stop byte are; what is
 * between them is explained as far as its structure is evident; E5 is an acknowledgement where nothing else claims it. At
 * most some 270 steps a byte.
 */
export function findFrames(bytes: Uint8Array): FoundFrame[] {
  const found: FoundFrame[] = [];
  let explained = 0;
  let at = 0;
  while (at < bytes.length) {
    const end = bytes[at] === ACK ? null : endOfFrame(bytes, at);
    if (end === null) {
      at++;
    } else {
      append(found, explainStretch(bytes, explained, at));
      found.push(wholeFrame(at, end));
      at = explained = end;
    }
  }
  append(found, explainStretch(bytes, explained, bytes.length));
  return found;
}

/** What bytes[start, end) are, which hold no whole short or long frame. */
function explainStretch(bytes: Uint8Array, start: number, end: number): FoundFrame[] {
  const found: FoundFrame[] = [];
  let noise = start;
  let at = start;
  while (at < end) {
    const entry = bytes[at] === ACK ? wholeFrame(at, at + 1) : damagedFrame(bytes, at, end);
    if (entry === null) {
      at++;
      continue;
    }
    if (noise < at) found.push(garbage(noise, at));
    found.push(entry);
    at = noise = at + entry.length;
  }
  if (noise < end) found.push(garbage(noise, end));
  return found;
}

function append(found: FoundFrame[], more: readonly FoundFrame[]): void {
  for (const entry of more) found.push(entry);
}
