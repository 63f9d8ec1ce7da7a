/** What is on the wire when several devices answer at once. */
import { integerBetween, type Random } from '../random.ts';
import type { Delivery, Piece } from './faults.ts';

/** Bytes that leave one after the other, from `at` (monotonic milliseconds) on. */
export interface Sent {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** A receiver that samples in the middle of its bits reads two bytes as one when they are no further apart than this. */
const ALIGNED = 0.05;

/**
 * Bytes that are on the wire at the same time become one byte. Where they start together a 0 wins over a 1, as on M-Bus
 * (EN 13757-2: a slave draws current for a 0): equal bytes stay what they are, which is what a search for secondary
 * addresses lives by. Where they are shifted against each other, as two RS-485 drivers nearly always are, what arrives is
 * anything.
 */
export function collide(sent: readonly Sent[], byteMs: number, random: Random): readonly Sent[] {
  const [first, ...others] = [...sent].sort((a, b) => a.at - b.at);
  if (first === undefined) return [];
  const apart: Sent[] = [first];
  for (const next of others) {
    const last = apart[apart.length - 1] ?? first;
    if (next.at >= last.at + last.bytes.length * byteMs) apart.push(next);
    else apart[apart.length - 1] = together(last, next, byteMs, random);
  }
  return apart;
}

function together(a: Sent, b: Sent, byteMs: number, random: Random): Sent {
  const shift = (b.at - a.at) / byteMs;
  const whole = Math.round(shift);
  const aligned = Math.abs(shift - whole) <= ALIGNED;
  const length = Math.max(a.bytes.length, whole + b.bytes.length);
  const bytes = Uint8Array.from({ length }, (_, i) => {
    const [one, other] = [a.bytes[i], b.bytes[i - whole]];
    if (one === undefined || other === undefined) return one ?? other ?? 0;
    return aligned ? one & other : (one & other) ^ integerBetween(random, 0, 255);
  });
  return { at: a.at, bytes };
}

/** What a device sends, and when it would start if it were alone. */
export interface Timed {
  readonly delivery: Delivery;
  readonly at: number;
  readonly byteMs: number;
}

/** The replies to one request as they disturb each other. `nominalMs` a byte takes where bytes take no time (an unpaced line). */
export function disturbed(
  replies: readonly Timed[],
  nominalMs: number,
  random: Random,
): readonly (Sent & { readonly byteMs: number })[] {
  const byteMs = Math.max(0, ...replies.map((each) => each.byteMs));
  const sent = replies.flatMap(({ delivery, at }) => oneByOne(delivery.pieces, at, byteMs));
  return collide(sent, byteMs > 0 ? byteMs : nominalMs, random).map((each) => ({ ...each, byteMs }));
}

function oneByOne(pieces: readonly Piece[], at: number, byteMs: number): readonly Sent[] {
  let start = at;
  return pieces.map(({ pauseMs, bytes }) => {
    const from = start + pauseMs;
    start = from + bytes.length * byteMs;
    return { at: from, bytes };
  });
}
