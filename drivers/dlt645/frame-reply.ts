/** Finds the answer to one request in everything that has arrived, and says what else arrived instead. */
import { hex, spacedHex } from '../bytes/hex.ts';
import type { ReplyDiagnosis, ReplyScan } from '../contract.ts';
import { FROM_METER, FUNCTION_MASK, REFUSED, openFrame, soundFrameEnd, type Frame } from './frame.ts';
import { addressMatches } from './frame-address.ts';
import { findFrames } from './frame-find.ts';
import type { UndecodableBytes } from './frame-found.ts';

/** What the answer to a request looks like. */
export interface ReplyExpectation {
  /** As it was asked; wildcards are answered by any meter that they fit. */
  readonly address: string;
  /** The request's control code. */
  readonly control: number;
  /** What the data of a normal reply begin with: the identifier, as on the wire but without the +33H. */
  readonly begins?: Uint8Array | undefined;
  /** What the data of a normal reply end with: the sequence number of a follow-on frame. */
  readonly sequence?: number | undefined;
}

/**
 * Finds the answer wherever it begins: wake-up bytes, noise, the echo of the request, and replies of other meters or to
 * other requests are passed over. A refusal names no identifier: it is the answer to whatever was asked.
 */
export function scanReply(received: Uint8Array, expect: ReplyExpectation): ReplyScan {
  let start = 0;
  while (start < received.length) {
    const end = soundFrameEnd(received, start);
    if (end === null) {
      start++;
    } else {
      if (difference(openFrame(received.subarray(start, end)), expect) === null) return { state: 'reply', start, end };
      start = end;
    }
  }
  return { state: 'incomplete' };
}

/** What the bytes amount to that are not the answer, when time is up; in words for an engineer on site. */
export function diagnoseReply(received: Uint8Array, expect: ReplyExpectation): ReplyDiagnosis {
  if (received.length === 0) return { code: 'timeout', message: `no answer from meter ${expect.address}` };
  const found = findFrames(received);
  const whole = found
    .filter(({ ok }) => ok)
    .map(({ offset, length }) => openFrame(received.subarray(offset, offset + length)));
  // A reply says more than a request: an echo comes before it.
  const heard = whole.find(({ control }) => control & FROM_METER) ?? whole[0];
  const damaged = found.find((one): one is UndecodableBytes => !one.ok && one.error.code !== 'garbage');
  if (damaged !== undefined && (heard === undefined || (heard.control & FROM_METER) === 0))
    return damage(damaged, expect);
  if (heard !== undefined) return { code: 'foreign', message: difference(heard, expect) ?? 'the answer came too late' };
  const message = `what arrived is no DL/T 645 frame: ${spacedHex(received)} (${received.length} bytes)`;
  return { code: 'checksum', message };
}

/** In what `frame` is not the answer; null where it is. */
function difference(frame: Frame, { address, control, begins, sequence }: ReplyExpectation): string | null {
  const asked = controlText(control);
  const came = controlText(frame.control);
  if ((frame.control & FROM_METER) === 0) {
    return `heard a request to meter ${frame.address} (control ${came}) instead of an answer: an echo of the adapter, or a second master`;
  }
  if (!addressMatches(address, frame.address)) return `meter ${frame.address} answered instead of meter ${address}`;
  if ((frame.control & FUNCTION_MASK) !== (control & FUNCTION_MASK)) {
    return `meter ${frame.address} answered with control ${came} where ${asked} was asked: a late reply`;
  }
  if (frame.control & REFUSED) return null;
  if (begins?.every((byte, i) => frame.data[i] === byte) === false) {
    return `meter ${frame.address} answered with other data than were asked for (${hex(frame.data.subarray(0, begins.length))} where ${hex(begins)} was asked): a late reply`;
  }
  if (sequence !== undefined && frame.data.at(-1) !== sequence) {
    return `meter ${frame.address} answered with follow-on frame ${frame.data.at(-1) ?? 'none'} where ${sequence} was asked`;
  }
  return null;
}

function damage({ length, error }: UndecodableBytes, { address }: ReplyExpectation): ReplyDiagnosis {
  switch (error.code) {
    case 'truncated':
      return { code: 'timeout', message: `only ${error.message} came from meter ${address}` };
    case 'foreign':
      return { code: 'foreign', message: `${error.message} (${length} bytes)` };
    case 'checksum':
    case 'end':
    case 'garbage':
      return { code: 'checksum', message: `the reply of meter ${address} is damaged: ${error.message}` };
  }
}

function controlText(control: number): string {
  return `${control.toString(16).toUpperCase().padStart(2, '0')}H`;
}
