/** What the answer to a request looks like, and where it is in all that has arrived. */
import { spacedHex } from '../bytes/hex.ts';
import type { ReplyDiagnosis, ReplyScan } from '../contract.ts';
import { endOfFrame, LONG_ENVELOPE, MOST_COUNTED, openFrame, SHORT_LENGTH, type Frame } from './frame.ts';
import { ALL_ANSWER, controlOf, HIGHEST_PRIMARY } from './frame-control.ts';
import { findFrames } from './frame-find.ts';

/** The longest frame there is: how long the data of a slave are is not known before they come. */
export const LONGEST_REPLY = MOST_COUNTED + LONG_ENVELOPE;

export interface ReplyExpectation {
  /** `ack`: E5. `data`: RSP_UD. */
  readonly kind: 'ack' | 'data';
  /** The request: a level converter may send it back, and it may hold an E5 (libmbus issue 24). */
  readonly request: Uint8Array;
}

/**
 * Finds the answer in all that has arrived: noise, wake-up bytes, the request's echo and other frames are passed over. An
 * E5 within a whole frame or within what has come of the echo is no acknowledgement.
 */
export function scanReply(received: Uint8Array, expect: ReplyExpectation): ReplyScan {
  let at = 0;
  while (at < received.length) {
    if (beginsEcho(received, at, expect.request)) return { state: 'incomplete' };
    const end = endOfFrame(received, at);
    if (end === null) {
      at++;
    } else if (isAnswer(openFrame(received.subarray(at, end)), expect)) {
      return { state: 'reply', start: at, end };
    } else {
      at = end;
    }
  }
  return { state: 'incomplete' };
}

/** What the bytes amount to that are not the answer, when time is up; in words for an engineer on site. */
export function diagnoseReply(received: Uint8Array, expect: ReplyExpectation): ReplyDiagnosis {
  const asked = describeAddress(addressOf(expect.request));
  const heard = withoutEcho(received, expect.request);
  if (heard.length === 0) {
    const echo = received.length === 0 ? '' : ': only the echo of the request came back';
    return { code: 'timeout', message: `no answer from ${asked}${echo}` };
  }
  const found = findFrames(heard);
  for (const entry of found) {
    if (!entry.ok) continue;
    const frame = openFrame(heard.subarray(entry.offset, entry.offset + entry.length));
    return { code: 'foreign', message: `${describeFrame(frame)} instead of ${describeExpected(expect)} from ${asked}` };
  }
  for (const entry of found) {
    if (entry.ok || entry.error.code === 'garbage') continue;
    const code = entry.error.code === 'truncated' ? 'timeout' : 'checksum';
    return { code, message: `the reply of ${asked} is damaged: ${entry.error.message}` };
  }
  const bytes = `${spacedHex(heard)} (${heard.length} ${heard.length === 1 ? 'byte' : 'bytes'})`;
  return { code: 'checksum', message: `what arrived is no M-Bus frame: ${bytes}: noise, or several slaves at once` };
}

/** `received` without a request that came back as it was. */
export function withoutEcho(received: Uint8Array, request: Uint8Array): Uint8Array {
  return request.every((byte, i) => byte === received[i]) ? received.subarray(request.length) : received;
}

/** Whether the bytes from `at` on are the beginning of `request`, and the rest may still come. */
function beginsEcho(received: Uint8Array, at: number, request: Uint8Array): boolean {
  const rest = received.subarray(at);
  return rest.length < request.length && rest.every((byte, i) => byte === request[i]);
}

/** RSP_UD carries the slave's own address, also where it was asked as FD or FE: which slave it is, its data say. */
function isAnswer(frame: Frame, { kind, request }: ReplyExpectation): boolean {
  if (kind === 'ack') return frame.kind === 'ack';
  if (frame.kind !== 'long' || controlOf(frame.control).name !== 'RSP_UD') return false;
  const asked = addressOf(request);
  return asked > HIGHEST_PRIMARY || frame.address === asked;
}

/** A short frame has its address behind the C field, a long one behind its head and the C field. */
function addressOf(request: Uint8Array): number {
  return request[request.length === SHORT_LENGTH ? 2 : 5] ?? ALL_ANSWER;
}

function describeAddress(address: number): string {
  return address > HIGHEST_PRIMARY ? `address ${address.toString(16).toUpperCase()}` : `address ${address}`;
}

function describeExpected({ kind }: ReplyExpectation): string {
  return kind === 'ack' ? 'an acknowledgement (E5)' : 'data (RSP_UD)';
}

function describeFrame(frame: Frame): string {
  if (frame.kind === 'ack') return 'heard an acknowledgement (E5)';
  const { name, fromMaster } = controlOf(frame.control);
  const what = name ?? `a frame with the unknown C field ${spacedHex(Uint8Array.of(frame.control))}`;
  const whose = fromMaster ? 'to' : 'of';
  const hint = fromMaster ? ' (an echo, or a second master)' : '';
  return `heard ${what} ${whose} ${describeAddress(frame.address)}${hint}`;
}
