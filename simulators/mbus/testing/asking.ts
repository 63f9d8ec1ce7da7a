/** Asks a slave in-process with literal bytes, summed up here and not by the code under test. */
import vectors from '../../../drivers/mbus/testdata/vectors/mbus.json' with { type: 'json' };
import { bytes } from '../../testing/hex.ts';
import type { MbusSlave } from '../slave.ts';

/** `5B 01` → 10 5B 01 5C 16. */
export function short(controlAndAddress: string): Uint8Array {
  const counted = bytes(controlAndAddress);
  return Uint8Array.of(0x10, ...counted, sum(counted), 0x16);
}

/** `53 FD 52 …` → 68 L L 68 … CS 16. */
export function long(body: string): Uint8Array {
  const counted = bytes(body);
  return Uint8Array.of(0x68, counted.length, counted.length, 0x68, ...counted, sum(counted), 0x16);
}

/** What the slave answers, as hex, or why it does not. */
export function ask(slave: MbusSlave, request: Uint8Array, now = 0): string {
  const answer = slave.answer(request, now);
  return typeof answer === 'string' ? answer : Buffer.from(answer.frame).toString('hex');
}

export function hexOf(frame: Uint8Array): string {
  return Buffer.from(frame).toString('hex');
}

/** The bytes of one frame of the vectors, as hex. */
export function vector(id: string): string {
  const found = vectors.find((each) => each.id === `P-mbus-${id}`);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found.hex;
}

function sum(counted: Uint8Array): number {
  return counted.reduce((total, byte) => total + byte, 0) & 0xff;
}
