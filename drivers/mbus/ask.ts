/** One request of the master, and what comes of it. */
import type { Exchange, Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { openFrame, type Frame } from './frame.ts';
import { diagnoseReply, LONGEST_REPLY, scanReply, withoutEcho, type ReplyExpectation } from './frame-reply.ts';

export type LongFrame = Extract<Frame, { kind: 'long' }>;

interface RequestWithReply extends Exchange {
  readonly reply: NonNullable<Exchange['reply']>;
}

/**
 * Resolves when one slave has acknowledged `request` (E5), and keeps the line for the question to it: selected by another
 * request meanwhile, another slave would answer. Rejects with DriverError.
 */
export async function select(link: Link, request: Uint8Array): Promise<void> {
  await link.exchange({ ...exchangeOf({ kind: 'ack', request }, 1), keep: true });
}

/** Resolves when the slave has acknowledged `request`, or has had the time for it: not all slaves do. Rejects where the line fails. */
export async function reset(link: Link, request: Uint8Array): Promise<void> {
  const { reply } = exchangeOf({ kind: 'ack', request }, 1);
  await link.exchange({ request, reply: { ...reply, optional: true } });
}

/** The data with which a slave answers `request` (RSP_UD). `keep`: of a slave that is selected. Rejects with DriverError. */
export async function askForData(link: Link, request: Uint8Array, keep: boolean): Promise<LongFrame> {
  const frame = openFrame(await link.exchange({ ...exchangeOf({ kind: 'data', request }, LONGEST_REPLY), keep }));
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

function exchangeOf(expect: ReplyExpectation, expectedLength: number): RequestWithReply {
  return {
    request: expect.request,
    reply: {
      scan: (received) => scanReply(received, expect),
      diagnose: (received) => diagnoseReply(received, expect),
      expectedLength,
    },
  };
}
