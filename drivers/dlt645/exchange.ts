/** One request over a line, and what its answer carries. */
import type { Exchange, Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Version } from './control-codes.ts';
import { NO_SUCH_DATA, NOT_AUTHORISED, errorText } from './error-bits.ts';
import { ENVELOPE, REFUSED, WAKE_UP, WAKE_UP_BYTES, openFrame, sealFrame, type Frame } from './frame.ts';
import { BROADCAST } from './frame-address.ts';
import { diagnoseReply, scanReply, type ReplyExpectation } from './frame-reply.ts';

export interface Asked {
  readonly request: Frame;
  readonly version: Version;
  /** What the data of a normal reply begin and end with. */
  readonly begins?: Uint8Array;
  readonly sequence?: number;
  /** Bytes of data that the reply is expected to have. */
  readonly expectedData: number;
  /** It changes something at the meter. */
  readonly effect?: boolean;
  /** In words, for messages: `read 00010000`. */
  readonly what: string;
  /** What is made of bytes that are no answer. */
  readonly diagnose?: typeof diagnoseReply;
}

const ECHOED = '(the request itself came back: the adapter echoes)';

/** Resolves with the answer, which may be a refusal. Rejects with DriverError. */
export async function hear(link: Link, asked: Asked): Promise<Frame> {
  return openFrame(await link.exchange(exchangeOf(asked)));
}

/** The same where nobody may be there who knows the request: null for silence, which is then no failure of the meter. */
export async function hearIfAny(link: Link, asked: Asked): Promise<Frame | null> {
  const exchange = exchangeOf(asked);
  const { reply } = exchange;
  if (reply === null) return null;
  const heard = await link.exchange({ ...exchange, reply: { ...reply, optional: true } });
  const scan = reply.scan(heard);
  if (scan.state === 'reply') return openFrame(heard.subarray(scan.start, scan.end));
  const { code, message } = reply.diagnose(heard);
  if (code === 'timeout') return null;
  throw new DriverError(code, message);
}

/** Resolves with the answer. Rejects with DriverError: `unsupported` or `refused` where the meter refuses. */
export async function ask(link: Link, asked: Asked): Promise<Frame> {
  const reply = await hear(link, asked);
  const refusal = refusalIn(reply, asked);
  if (refusal !== null) throw refusal;
  return reply;
}

/** Sends what nobody answers. Resolves once it has left. Rejects with DriverError. */
export async function tell(link: Link, request: Frame): Promise<void> {
  await link.exchange({ request: sealFrame(request), effect: true, reply: null });
}

function exchangeOf(asked: Asked): Exchange {
  const { request, begins, sequence, expectedData, effect = false, diagnose = diagnoseReply } = asked;
  if (request.address === BROADCAST) throw new DriverError('config', 'nobody answers a broadcast');
  const expect: ReplyExpectation = { address: request.address, control: request.control, begins, sequence };
  return {
    request: sealFrame(request),
    effect,
    reply: {
      scan: (received) => scanReply(received, expect),
      diagnose: (received) => {
        const others = withoutEcho(received, sealFrame(request, 0));
        const diagnosis = diagnose(others, expect);
        return others === received ? diagnosis : { ...diagnosis, message: `${diagnosis.message} ${ECHOED}` };
      },
      expectedLength: WAKE_UP_BYTES + ENVELOPE + expectedData,
      refusal: (bytes) => refusalIn(openFrame(bytes), asked),
    },
  };
}

/** `received` without the frame `request` and its wake-up bytes: an echo does not mean that anybody is there. */
export function withoutEcho(received: Uint8Array, request: Uint8Array): Uint8Array {
  const bytes = Buffer.from(received);
  const at = bytes.indexOf(request);
  if (at < 0) return received;
  let before = at;
  while (before > 0 && bytes[before - 1] === WAKE_UP) before--;
  return Buffer.concat([bytes.subarray(0, before), bytes.subarray(at + request.length)]);
}

function refusalIn({ address, control, data }: Frame, { version, what }: Asked): DriverError | null {
  if ((control & REFUSED) === 0) return null;
  const err = data[0] ?? 0;
  const isMissing = (err & NO_SUCH_DATA) !== 0 && (err & NOT_AUTHORISED) === 0;
  const message = `meter ${address} refused to ${what}: ${errorText(err, version)}`;
  return new DriverError(isMissing ? 'unsupported' : 'refused', message, err);
}
