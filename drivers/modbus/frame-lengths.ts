/**
 * How long a PDU (function code and data) is, by its function: MODBUS Application Protocol V1.1b3, 6.1 to 6.21 and 7.
 * Modbus RTU carries no length; a frame on an unknown line is found by these shapes and its CRC.
 */

/** `either`: the normal reply repeats the request byte by byte. */
export type Direction = 'request' | 'reply' | 'either';

/** A shape that a PDU may have. */
export interface PduForm {
  readonly direction: Direction;
  /** Bytes from the function code on. Where the field that decides it has not come yet: the least it can be. */
  readonly length: number;
}

interface Shape {
  readonly direction: Direction;
  /** Length without the counted bytes. */
  readonly base: number;
  /** Where the count of the remaining bytes stands, and what it may be. */
  readonly count?: {
    readonly at: number;
    readonly bytes: 1 | 2;
    readonly min: number;
    readonly max: number;
    readonly step: number;
  };
}

function fixed(direction: Direction, base: number): Shape {
  return { direction, base };
}

function counted(direction: Direction, at: number, [min, max]: readonly [number, number], step = 1): Shape {
  return { direction, base: at + 1, count: { at, bytes: 1, min, max, step } };
}

const ECHOED = [fixed('either', 5)];
const READ_BITS = [fixed('request', 5), counted('reply', 1, [1, 250])];
const READ_REGISTERS = [fixed('request', 5), counted('reply', 1, [2, 250], 2)];
const NO_DATA = fixed('request', 1);

const SHAPES: ReadonlyMap<number, readonly Shape[]> = new Map([
  [1, READ_BITS],
  [2, READ_BITS],
  [3, READ_REGISTERS],
  [4, READ_REGISTERS],
  [5, ECHOED],
  [6, ECHOED],
  [7, [NO_DATA, fixed('reply', 2)]],
  // Two bytes of data: the only form in use, although 6.8 lets sub-function 0 carry more.
  [8, ECHOED],
  [11, [NO_DATA, fixed('reply', 5)]],
  [12, [NO_DATA, counted('reply', 1, [6, 70])]],
  [15, [counted('request', 5, [1, 246]), fixed('reply', 5)]],
  [16, [counted('request', 5, [2, 246], 2), fixed('reply', 5)]],
  [17, [NO_DATA, counted('reply', 1, [1, 251])]],
  [20, [counted('request', 1, [7, 245], 7), counted('reply', 1, [7, 245])]],
  [21, [counted('either', 1, [9, 251])]],
  [22, [fixed('either', 7)]],
  [23, [counted('request', 9, [2, 242], 2), counted('reply', 1, [2, 250], 2)]],
  [24, [fixed('request', 3), { direction: 'reply', base: 3, count: { at: 1, bytes: 2, min: 2, max: 64, step: 2 } }]],
]);

const READ_DEVICE_IDENTIFICATION = 43;
const MEI_DEVICE_IDENTIFICATION = 14;
/** 5, table 1: the codes that makers may use as they like. Their PDUs have no known shape. */
const USER_DEFINED: readonly (readonly [number, number])[] = [
  [65, 72],
  [100, 110],
];

/** Set in the function code of an exception reply, which is two bytes (7). */
export const EXCEPTION_FLAG = 0x80;
export const EXCEPTION_PDU = 2;
/** The longest PDU, in bytes (4.1). */
export const MAX_PDU = 253;

/** Whether makers may define what the function does. */
export function isUserDefined(fc: number): boolean {
  return USER_DEFINED.some(([from, to]) => fc >= from && fc <= to);
}

/** Whether the function's normal reply says in its second byte how many follow. */
export function replyCountsBytes(fc: number): boolean {
  return (SHAPES.get(fc) ?? []).some(
    ({ direction, count }) => direction === 'reply' && count?.at === 1 && count.bytes === 1,
  );
}

/** The shapes that the PDU at `bytes[start]` may have; none where its function is unknown or its count impossible. */
export function pduForms(bytes: Uint8Array, start: number): PduForm[] {
  const fc = bytes[start];
  if (fc === undefined) return [];
  if (fc > EXCEPTION_FLAG) return [{ direction: 'reply', length: EXCEPTION_PDU }];
  if (fc === READ_DEVICE_IDENTIFICATION) return identificationForms(bytes, start);
  return (SHAPES.get(fc) ?? []).flatMap((shape) => {
    const length = lengthOf(shape, bytes, start);
    return length === null ? [] : [{ direction: shape.direction, length }];
  });
}

function lengthOf({ base, count }: Shape, bytes: Uint8Array, start: number): number | null {
  if (count === undefined) return base;
  const last = bytes[start + count.at + count.bytes - 1];
  if (last === undefined) return base + count.min;
  const high = count.bytes === 2 ? (bytes[start + count.at] ?? 0) : 0;
  const n = high * 256 + last;
  return n < count.min || n > count.max || n % count.step !== 0 ? null : base + n;
}

/** 6.21: the reply is a list of objects, each with its own length. */
function identificationForms(bytes: Uint8Array, start: number): PduForm[] {
  const mei = bytes[start + 1];
  if (mei !== undefined && mei !== MEI_DEVICE_IDENTIFICATION) return [];
  let length = 7;
  for (let left = bytes[start + 6] ?? 0; left > 0 && length < MAX_PDU; left--) {
    length += 2 + (bytes[start + length + 1] ?? 0);
  }
  const request: PduForm = { direction: 'request', length: 4 };
  return length > MAX_PDU ? [request] : [request, { direction: 'reply', length }];
}
