/** C: what is asked or answered. CJ/T 188-2004, link layer (cnblogs.com/cj94/p/18534595). */
import { ERROR_FLAG, REPLY_FLAG } from './frame.ts';

export const READ_DATA = 0x01;
export const READ_ADDRESS = 0x03;
export const WRITE_DATA = 0x04;
export const READ_KEY_VERSION = 0x09;
export const WRITE_ADDRESS = 0x15;
export const WRITE_BASE = 0x16;
/** Some makers' code for writing the valve; answered by AA. Source: the driver tests of FoxEdge, index id 2434235513. */
export const MAKER_WRITE = 0x2a;

const NAMES: ReadonlyMap<number, string> = new Map([
  [READ_DATA, 'read data'],
  [READ_ADDRESS, 'read address'],
  [WRITE_DATA, 'write data'],
  [READ_KEY_VERSION, 'read key version'],
  [WRITE_ADDRESS, 'write address'],
  [WRITE_BASE, 'write base reading'],
]);
/** D5 of C. */
const MAKER_FLAG = 0x20;

const WRITES: ReadonlySet<number> = new Set([WRITE_DATA, WRITE_ADDRESS, WRITE_BASE, MAKER_WRITE]);

/** C without direction and error. */
export function functionOf(control: number): number {
  return control & ~(REPLY_FLAG | ERROR_FLAG);
}

export function isReply(control: number): boolean {
  return (control & REPLY_FLAG) !== 0;
}

export function isErrorReply(control: number): boolean {
  return isReply(control) && (control & ERROR_FLAG) !== 0;
}

/** Whether it changes something at the meter. */
export function isWrite(control: number): boolean {
  return WRITES.has(functionOf(control));
}

export function functionName(control: number): string {
  const code = functionOf(control);
  return NAMES.get(code) ?? ((code & MAKER_FLAG) === 0 ? 'reserved' : 'defined by the maker');
}
