/** Asks a meter in-process with literal bytes, summed up here and not by the code under test. */
import vectors from '../../../drivers/cjt188/testdata/vectors/cjt188-2004.json' with { type: 'json' };
import { bytes } from '../../testing/hex.ts';
import type { Cjt188Meter } from '../meter.ts';

/** `10 21 43 … 01 03 90 1F 01` with 68 before it, and check byte and 16 behind it. */
export function sealed(body: string): Uint8Array {
  const summed = Uint8Array.of(0x68, ...bytes(body));
  const check = summed.reduce((sum, byte) => sum + byte, 0) & 0xff;
  return Uint8Array.of(...summed, check, 0x16);
}

/** What the meter answers, as hex, or why it does not. `preamble`: FE before the request. */
export function ask(meter: Cjt188Meter, body: string, now = 0, preamble = 2): string {
  const request = Uint8Array.of(...new Uint8Array(preamble).fill(0xfe), ...sealed(body));
  const answer = meter.answer(request, now);
  return typeof answer === 'string' ? answer : Buffer.from(answer.frame).toString('hex');
}

/** A reply as `sealed` makes it, as hex. */
export function reply(body: string, wakeUps = 'fefefe'): string {
  return wakeUps + Buffer.from(sealed(body)).toString('hex');
}

/** The bytes of one frame of the vectors, as hex. */
export function vector(id: string): string {
  const found = vectors.find((each) => each.id === `P-cjt188-2004-${id}`);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found.hex;
}
