/**
 * What bytes amount to in which no frame has a right check byte. Nothing here is certain: a frame is named where a 68 is
 * followed by a header that a meter or a master may send. No value is ever taken from it.
 */
import { hex } from '../bytes/hex.ts';
import { sum8 } from '../bytes/sum8.ts';
import { hexByte } from './code-text.ts';
import { garbage, undecodable, type FrameError, type UndecodableBytes } from './frame-found.ts';
import {
  ANY_TYPE,
  END,
  ENVELOPE_LENGTH,
  ERROR_FLAG,
  HEADER_LENGTH,
  LENGTH_AT,
  MAX_DATA,
  openFrame,
  REPLY_FLAG,
  START,
  wakeUpsBefore,
} from './frame.ts';

const CONTROL_AT = LENGTH_AT - 1;
/** D5…D0 of C: what the standard defines; from 20H on they are the maker's. */
const FUNCTIONS: ReadonlySet<number> = new Set([0x01, 0x03, 0x04, 0x09, 0x15, 0x16]);
const MAKER_FUNCTIONS = 0x20;

/** Covers `bytes[start, end)`, which lies between whole frames or at an end of the input. */
export function explainStretch(bytes: Uint8Array, start: number, end: number): UndecodableBytes[] {
  const found: UndecodableBytes[] = [];
  let at = start;
  while (at < end) {
    const head = nextHead(bytes, at, end);
    const first = head === null ? end : head - wakeUpsBefore(bytes, head, at);
    found.push(...noFrame(bytes, at, first));
    if (head === null) break;
    const damaged = explainHead(bytes, head, end, head - first);
    found.push(damaged);
    at = damaged.offset + damaged.length;
  }
  return found;
}

/** The first 68 in `bytes[from, end)` with a header that may be one; only at the end of the input may it be cut. */
function nextHead(bytes: Uint8Array, from: number, end: number): number | null {
  for (let at = from; at < end; at++) {
    const isWhole = at + HEADER_LENGTH <= end;
    if (bytes[at] === START && (isWhole || end === bytes.length) && isPlausible(bytes.subarray(at, end))) return at;
  }
  return null;
}

function isPlausible(header: Uint8Array): boolean {
  const type = header[1] ?? ANY_TYPE;
  const control = header[CONTROL_AT] ?? 1;
  const code = control & ~REPLY_FLAG & ~ERROR_FLAG;
  return (
    (type === ANY_TYPE || (type >= 0x10 && type <= 0x49)) &&
    (FUNCTIONS.has(code) || code >= MAKER_FUNCTIONS) &&
    ((control & ERROR_FLAG) === 0 || (control & REPLY_FLAG) !== 0) &&
    (header[LENGTH_AT] ?? 0) <= MAX_DATA
  );
}

function explainHead(bytes: Uint8Array, head: number, end: number, preambleFE: number): UndecodableBytes {
  const length = bytes[head + LENGTH_AT];
  const total = ENVELOPE_LENGTH + (length ?? 0);
  if (head + total <= end && bytes[head + total - 1] === END) {
    return undecodable(head, head + total, { ...checksumError(bytes.subarray(head, head + total)), preambleFE });
  }
  const next = nextHead(bytes, head + 1, end) ?? end;
  const until = next === end ? end : next - wakeUpsBefore(bytes, next, head + 1);
  const known = { ...headerOf(bytes.subarray(head, until)), preambleFE };
  if (head + total > until) {
    const whole = length === undefined ? `at least ${total}` : `${total}`;
    const message = `${until - head} of ${whole} bytes of a frame`;
    return undecodable(head, until, { code: 'truncated', message, ...known });
  }
  const message = `no 16 stands ${total} bytes from its 68 on, where its length puts the end`;
  return undecodable(head, until, { code: 'malformed', message, ...known });
}

/** The error of a frame that is whole but for its check byte. */
export function checksumError(frame: Uint8Array): FrameError {
  const at = frame.length - 2;
  const checksumFound = hexByte(frame[at] ?? 0);
  const checksumExpected = hexByte(sum8(frame, 0, at));
  const message = `its check byte is ${checksumFound} and should be ${checksumExpected}`;
  return { code: 'checksum', message, ...headerOf(frame), checksumFound, checksumExpected };
}

function headerOf(bytes: Uint8Array): Partial<FrameError> {
  if (bytes.length < HEADER_LENGTH) return {};
  const { meterType, address, control } = openFrame(bytes);
  return { meterType: hexByte(meterType), address, control: hexByte(control), length: bytes[LENGTH_AT] ?? 0 };
}

/** Bytes without a head: garbage, and from a 68 on what pretends to be a frame. */
function noFrame(bytes: Uint8Array, start: number, end: number): UndecodableBytes[] {
  const within = bytes.subarray(start, end).indexOf(START);
  const malformed = within < 0 ? end : start + within;
  const found: UndecodableBytes[] = [];
  if (malformed > start) found.push(garbage(start, malformed));
  if (malformed < end) {
    const message = `no CJ/T 188 frame can be cut out of ${hex(bytes.subarray(malformed, Math.min(end, malformed + 16)))}`;
    found.push(undecodable(malformed, end, { code: 'malformed', message }));
  }
  return found;
}
