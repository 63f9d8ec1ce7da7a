/** One request of the master, and what comes of it. */
import type { Exchange, Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { openFrame, type Frame } from './frame.ts';
import { diagnoseReply, LONGEST_REPLY, scanReply, withoutEcho, type ReplyExpectation } from './frame-reply.ts';

export type LongFrame = Extract<Frame, { kind: 'long' }>;

interface RequestWithReply extends Exchange {
  readonly reply: NonNullable<Exchange['reply']>;
}

/** Resolves when one slave has acknowledged `request` (E5). Rejects with DriverError. */
export async function select(link: Link, request: Uint8Array): Promise<void> {
  await link.exchange(exchangeOf({ kind: 'ack', request }, 1));
}

/** Resolves when the slave has acknowledged `request`, or has had the time for it: not all slaves do. Rejects where the line fails. */
export async function reset(link: Link, request: Uint8Array): Promise<void> {
  const exchange = exchangeOf({ kind: 'ack', request }, 1);
  await link.exchange({ ...exchange, reply: { ...exchange.reply, optional: true } });
}

/** The data with which a slave answers `request` (RSP_UD). Rejects with DriverError. */
export async function askForData(link: Link, request: Uint8Array): Promise<LongFrame> {
  const frame = openFrame(await link.exchange(exchangeOf({ kind: 'data', request }, LONGEST_REPLY)));
  if (frame.kind === 'long') return frame;
  throw new DriverError('foreign', 'what answered is no data');
}

/**
 * Everything that is heard until the line is silent: several slaves may answer, one while the other still sends or when it
 * has ended. Empty where nobody did, which says nothing against anybody. `keep`: the next request follows at once. Rejects with
 * DriverError where the line itself fails.
 */
export async function listen(link: Link, request: Uint8Array, keep = false): Promise<Uint8Array> {
  const heard = await link.exchange({
    request,
    keep,
    reply: {
      scan: () => ({ state: 'incomplete' }),
      diagnose: () => ({ code: 'timeout', message: 'the line is silent' }),
      expectedLength: LONGEST_REPLY,
      optional: true,
    },
  });
  return withoutEcho(heard, request).slice();
}

/**
 * A readout is one conversation, which nobody is to interrupt: a slave that is selected is so no longer when another one is, and
 * some forget which telegram was the last whoever else is spoken to.
 */
function exchangeOf(expect: ReplyExpectation, expectedLength: number): RequestWithReply {
  return {
    request: expect.request,
    keep: true,
    reply: {
      scan: (received) => scanReply(received, expect),
      diagnose: (received) => diagnoseReply(received, expect),
      expectedLength,
    },
  };
}
