/** Finds the answer to one request in all that has arrived, and says in words what arrived instead. */
import { spacedHex } from '../bytes/hex.ts';
import type { ReplyDiagnosis, ReplyScan } from '../contract.ts';
import { hexByte, hexWord } from './code-text.ts';
import { isErrorReply, isReply, isWrite } from './control-codes.ts';
import { refusalStatus } from './decode-status.ts';
import { findFrames } from './frame-find.ts';
import type { FrameError } from './frame-found.ts';
import { ANY_ADDRESS, ANY_TYPE, ERROR_FLAG, frameEnd, openFrame, REPLY_FLAG, WAKE_UP, type Frame } from './frame.ts';

export interface ReplyExpectation {
  readonly meterType: number;
  /** The wildcard: whoever answers. */
  readonly address: string;
  /** Of the request. */
  readonly control: number;
  readonly di: number;
  readonly ser: number;
  /** Whether the meter is known to answer with the SER of its request. */
  readonly repeatsSer: boolean;
  /** Whether T and SER must be those of the request. */
  readonly isStrict: boolean;
}

/**
 * The first frame that answers, wherever it begins: wake-up bytes, noise, the echo of the request, damaged frames, replies
 * of other meters and late replies to something else are passed over. At most MAX_DATA + 11 steps a byte.
 */
export function scanReply(received: Uint8Array, expect: ReplyExpectation): ReplyScan {
  let start = 0;
  while (start < received.length) {
    const end = frameEnd(received, start);
    if (end !== null && answers(openFrame(received.subarray(start, end)), expect))
      return { state: 'reply', start, end };
    start = end ?? start + 1;
  }
  return { state: 'incomplete' };
}

/** What the bytes amount to that are not the answer, when time is up; in words for an engineer on site. */
export function diagnoseReply(received: Uint8Array, expect: ReplyExpectation): ReplyDiagnosis {
  const found = findFrames(received);
  const damaged = found.flatMap((entry) => (entry.ok || entry.error.code === 'garbage' ? [] : [entry.error]));
  const own = damaged.find(({ code, address }) => code !== 'malformed' && isFrom(address, expect));
  if (own !== undefined) return damage(own, expect);
  const heard = found.flatMap((entry) =>
    entry.ok ? [openFrame(received.subarray(entry.offset, entry.offset + entry.length))] : [],
  );
  const other = heard.find(({ control }) => isReply(control)) ?? heard.find((frame) => !isEcho(frame, expect));
  if (other !== undefined) return { code: 'foreign', message: difference(other, expect) };
  const [anyones] = damaged;
  if (anyones !== undefined) return damage(anyones, expect);
  if (heard.length > 0)
    return { code: 'timeout', message: `no answer from ${who(expect)}: only the request came back` };
  if (received.every((byte) => byte === WAKE_UP || byte === 0)) {
    return { code: 'timeout', message: `no answer from ${who(expect)}` };
  }
  const message = `what arrived is no CJ/T 188 frame: ${spacedHex(received)} (${received.length} bytes); see baud rate, parity and polarity`;
  return { code: 'checksum', message };
}

function answers(frame: Frame, expect: ReplyExpectation): boolean {
  if (!isFrom(frame.address, expect)) return false;
  if (frame.control === (expect.control | REPLY_FLAG | ERROR_FLAG)) return mayRefuse(frame, expect);
  return frame.control === (expect.control | REPLY_FLAG) && carriesDi(frame, expect.di) && fitsStrictly(frame, expect);
}

/**
 * A refusal carries no DI. One with another SER may be a late refusal of something else: taken for the refusal of a write, it
 * would say that nothing happened where something may have; taken for that of a read, that the meter does not have an item.
 */
function mayRefuse({ data }: Frame, expect: ReplyExpectation): boolean {
  const { ser } = refusalStatus(data);
  if (ser === null || ser === expect.ser) return true;
  return !isWrite(expect.control) && !expect.repeatsSer;
}

function isFrom(address: string | undefined, expect: ReplyExpectation): boolean {
  return expect.address === ANY_ADDRESS || address === expect.address;
}

/** In either order: one captured meter answers in the other order than it is asked in. */
function carriesDi({ data: [first = 0, second = 0, ser] }: Frame, di: number): boolean {
  return ser !== undefined && (first * 256 + second === di || second * 256 + first === di);
}

function fitsStrictly({ meterType, data }: Frame, expect: ReplyExpectation): boolean {
  return (
    !expect.isStrict || (data[2] === expect.ser && (expect.meterType === ANY_TYPE || meterType === expect.meterType))
  );
}

function isEcho({ control, address }: Frame, expect: ReplyExpectation): boolean {
  return control === expect.control && address === expect.address;
}

function difference(frame: Frame, expect: ReplyExpectation): string {
  const { address, control, data } = frame;
  if (!isReply(control)) return `heard a request to meter ${address} (C ${hexByte(control)}): a second master`;
  if (!isFrom(address, expect)) return `meter ${address} answered instead of ${who(expect)}`;
  const answered = `meter ${address} answered C ${hexByte(control)}, DI ${spacedHex(data.subarray(0, 2))}`;
  if (isErrorReply(control)) return `${answered}: a late refusal of something else`;
  if (carriesDi(frame, expect.di)) return `${answered} with another T or SER than was asked`;
  return `${answered} where C ${hexByte(expect.control)}, DI ${hexWord(expect.di)} was asked: a late reply`;
}

function damage({ code, message }: FrameError, expect: ReplyExpectation): ReplyDiagnosis {
  if (code === 'truncated') return { code: 'timeout', message: `only ${message} came from ${who(expect)}` };
  return { code: 'checksum', message: `the reply of ${who(expect)} is damaged: ${message}` };
}

function who({ address }: ReplyExpectation): string {
  return address === ANY_ADDRESS ? 'any meter' : `meter ${address}`;
}
