/**
 * What bytes amount to in which no known frame has a right CRC. Nothing here is certain: a frame is named where the
 * bytes stand as one would, right after another frame or after wake-up bytes. Everything else is garbage.
 */
import { crc16Modbus } from '../bytes/crc16.ts';
import { hex } from '../bytes/hex.ts';
import {
  garbage,
  undecodable,
  wholeFrame,
  type FoundFrame,
  type FrameError,
  type UndecodableBytes,
} from './frame-found.ts';
import { EXCEPTION_FLAG, isUserDefined, MAX_PDU, pduForms, type PduForm } from './frame-lengths.ts';
import { illegality } from './frame-limits.ts';

/** Unit and CRC: what an RTU frame has besides its PDU. */
const ENVELOPE = 3;
const SHORTEST = 4;
/** MODBUS over Serial Line V1.02, 2.2. */
const MAX_UNIT = 247;
/** Broadcasts are writes (ibid. 2.1). */
const BROADCAST_FUNCTIONS: ReadonlySet<number> = new Set([5, 6, 15, 16, 22]);
const MAX_EXCEPTION = 11;

/** Covers `bytes[start, end)`, which lies between whole frames or at an end of the input. */
export function explainStretch(bytes: Uint8Array, start: number, end: number): FoundFrame[] {
  if (holdsUnknownForm(bytes, start, end)) {
    if (isUserDefined(bytes[start + 1] ?? 0)) return [wholeFrame(start, end)];
    const message = 'the CRC is right, but its function has no such form';
    return [undecodable(start, end, { code: 'structure', message })];
  }
  const found: FoundFrame[] = [];
  let at = start;
  while (at < end) {
    const head = afterIdle(bytes, at, end);
    const next = damagedEnd(bytes, head, end);
    const last = next === null ? explainEnd(bytes, head, end) : undecodable(head, next, crcError(bytes, head, next));
    if (last === null) return [...found, garbage(at, end)];
    if (head > at) found.push(garbage(at, head));
    found.push(last);
    at = last.offset + last.length;
  }
  return found;
}

/** The error of a frame of known shape whose CRC does not hold: `bytes[start, end)`. */
export function crcError(bytes: Uint8Array, start: number, end: number): FrameError {
  const crc = crc16Modbus(bytes, start, end - 2);
  const crcExpected = hex(Uint8Array.of(crc & 0xff, crc >>> 8));
  const crcFound = hex(bytes.subarray(end - 2, end));
  return { code: 'crc', message: `its CRC is ${crcFound} and should be ${crcExpected}`, crcFound, crcExpected };
}

/** Whether the bytes as a whole have a right CRC, although no shape that is known fits them. */
function holdsUnknownForm(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  return length >= SHORTEST && length <= MAX_PDU + ENVELOPE && crc16Modbus(bytes, start, end) === 0;
}

/** The first byte that may be a unit: wake-up bytes (FE), idle lines (00, FF) and reserved addresses are passed over. */
function afterIdle(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && !mayBeUnit(bytes[at] ?? 0, bytes[at + 1] ?? 0)) at++;
  return at;
}

function mayBeUnit(unit: number, fc: number): boolean {
  return unit === 0 ? BROADCAST_FUNCTIONS.has(fc) : unit <= MAX_UNIT;
}

/** Where the frame ends that begins at `start`, but for its CRC: at the stretch's end if it can, otherwise the shortest. */
function damagedEnd(bytes: Uint8Array, start: number, end: number): number | null {
  const ends = pduForms(bytes, start + 1)
    .filter((form) => endOf(form, start) <= end && isPlausible(bytes.subarray(start + 1), form))
    .map((form) => endOf(form, start));
  if (ends.length === 0) return null;
  return ends.includes(end) ? end : Math.min(...ends);
}

function endOf(form: PduForm, start: number): number {
  return start + form.length + ENVELOPE;
}

function isPlausible(pdu: Uint8Array, { direction, length }: PduForm): boolean {
  const [fc = 0, second = 0] = pdu;
  if (fc > EXCEPTION_FLAG) return second >= 1 && second <= MAX_EXCEPTION;
  return direction !== 'request' || illegality(pdu.subarray(0, length)) === null;
}

/** What begins at `start` and does not end before the stretch does; null where that is no frame. */
function explainEnd(bytes: Uint8Array, start: number, end: number): UndecodableBytes | null {
  const ends = end - start < 2 ? [] : pduForms(bytes, start + 1).map((form) => endOf(form, start));
  const longer = ends.filter((one) => one > end);
  if (longer.length > 0) {
    const message = `${end - start} bytes of a frame that has at least ${Math.min(...longer) - start}`;
    return undecodable(start, end, { code: 'truncated', message });
  }
  return ends.includes(end) ? undecodable(start, end, crcError(bytes, start, end)) : null;
}
