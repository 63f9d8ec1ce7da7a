/** Finds the DC-09 frames in bytes: in a capture, and in a stream as it comes in. Pure. */
import { crc16Arc } from '../bytes/crc16.ts';
import { garbage, undecodable, type UndecodableBytes } from '../bytes/found.ts';
import { HEADER_LENGTH, hexDigits, isLineEnd, MAX_CONTENT } from './frame.ts';

export type FoundFrame = WholeFrame | UndecodableBytes<FrameError>;

/** Offsets and lengths in bytes, with the LF and CR that are there. */
export interface WholeFrame {
  readonly ok: true;
  readonly offset: number;
  readonly length: number;
  /** From the first quote up to, not including, CR. */
  readonly content: Uint8Array;
}

export interface FrameError {
  /** `length`: LEN is not the count of its bytes. `crc`: LEN is, CRC is wrong. `garbage`: no frame. */
  readonly code: 'length' | 'crc' | 'truncated' | 'garbage';
  readonly message: string;
  readonly lengthFound?: number;
  readonly lengthExpected?: number;
  readonly crcFound?: string;
  readonly crcExpected?: string;
}

const PROTOCOL = 'SIA DC-09';
/** CRC, LEN and the quote of the id, wherever noise leaves them. */
const HEADER = /[0-9A-Fa-f]{8}"/g;

/**
 * Covers `bytes` but for line ends that belong to no frame. A frame is all that stands between two line ends, or the ends
 * of `bytes`, after its CRC and LEN: only with both of them right is it one.
 */
export function findFrames(bytes: Uint8Array): FoundFrame[] {
  const found: FoundFrame[] = [];
  let at = 0;
  while (at < bytes.length) {
    while (at < bytes.length && isLineEnd(bytes[at])) at++;
    const start = at;
    while (at < bytes.length && !isLineEnd(bytes[at])) at++;
    if (at > start) found.push(...inLine(bytes, start, at));
  }
  return found;
}

/**
 * The same of a stream: what its ended lines hold, and the bytes that wait for more. A line that grows beyond any frame is
 * no frame, and is given up: what waits is bounded.
 */
export function takeFrames(bytes: Uint8Array): { readonly found: readonly FoundFrame[]; readonly rest: Uint8Array } {
  const end = Math.max(bytes.lastIndexOf(0x0d), bytes.lastIndexOf(0x0a)) + 1;
  const ended = bytes[end - 1] === 0x0a ? end - 1 : end;
  const rest = bytes.subarray(ended);
  if (rest.length <= MAX_CONTENT + HEADER_LENGTH + 1) return { found: findFrames(bytes.subarray(0, ended)), rest };
  return { found: findFrames(bytes), rest: new Uint8Array() };
}

function inLine(bytes: Uint8Array, start: number, end: number): FoundFrame[] {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  const headers = [...line.matchAll(HEADER)].map(({ index }) => start + index);
  const [first] = headers;
  if (first === undefined) return [garbage(start, end, PROTOCOL)];
  const right = headers.find((at) => fault(bytes, at, end) === null);
  const at = right ?? first;
  const before = at > start ? [garbage(start, at, PROTOCOL)] : [];
  return [...before, frameAt(bytes, at, end)];
}

function frameAt(bytes: Uint8Array, at: number, end: number): FoundFrame {
  const from = bytes[at - 1] === 0x0a ? at - 1 : at;
  const to = bytes[end] === 0x0d ? end + 1 : end;
  const error = fault(bytes, at, end);
  if (error !== null) return undecodable(from, to, error);
  return { ok: true, offset: from, length: to - from, content: bytes.subarray(at + HEADER_LENGTH, end) };
}

/** What is wrong with the frame whose header is at `at`; null when nothing is. */
function fault(bytes: Uint8Array, at: number, end: number): FrameError | null {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset + at, HEADER_LENGTH)
    .toString('latin1')
    .toUpperCase();
  const crcFound = header.slice(0, 4);
  const lengthFound = Number.parseInt(header.slice(4), 16);
  const lengthExpected = end - at - HEADER_LENGTH;
  const crcExpected = hexDigits(crc16Arc(bytes, at + HEADER_LENGTH, end));
  if (lengthFound !== lengthExpected) {
    const isCut = end === bytes.length && lengthFound > lengthExpected;
    const message = isCut
      ? `${lengthExpected} bytes of a frame that has ${lengthFound}`
      : `its length is ${hexDigits(lengthFound)} and should be ${hexDigits(lengthExpected)}`;
    return { code: isCut ? 'truncated' : 'length', message, lengthFound, lengthExpected };
  }
  if (crcFound === crcExpected) return null;
  return { code: 'crc', message: `its CRC is ${crcFound} and should be ${crcExpected}`, crcFound, crcExpected };
}
