/** One request of the master, and what comes of it. */
import type { Exchange, Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { openFrame, type Frame } from './frame.ts';
import { diagnoseReply, LONGEST_REPLY, scanReply, withoutEcho, type ReplyExpectation } from './frame-reply.ts';

export type LongFrame = Extract<Frame, { kind: 'long' }>;

/** Resolves when one slave has acknowledged `request` (E5). Rejects with DriverError. */
export async function askForAck(link: Link, request: Uint8Array): Promise<void> {
  await link.exchange(exchangeOf({ kind: 'ack', request }, 1));
}

/** The data with which a slave answers `request` (RSP_UD). Rejects with DriverError. */
export async function askForData(link: Link, request: Uint8Array): Promise<LongFrame> {
  const frame = openFrame(await link.exchange(exchangeOf({ kind: 'data', request }, LONGEST_REPLY)));
  if (frame.kind === 'long') return frame;
  throw new DriverError('foreign', 'what answered is no data');
}

/**
 * Everything that is heard until the line is silent: several slaves may answer, one while the other still sends or when it
 * has ended. Empty where nobody did. Rejects with DriverError where the line itself fails.
 */
export async function listen(link: Link, request: Uint8Array): Promise<Uint8Array> {
  const heard: Uint8Array[] = [];
  const reply: Exchange['reply'] = {
    scan: () => ({ state: 'incomplete' }),
    diagnose: (received) => {
      heard.push(withoutEcho(received, request).slice());
      return { code: 'timeout', message: 'the line is silent' };
    },
    expectedLength: LONGEST_REPLY,
  };
  try {
    await link.exchange({ request, reply });
  } catch (error) {
    // Without a diagnosis nobody has listened: the line is closed, or its queue is full.
    if (heard.length === 0 || !(error instanceof DriverError)) throw error;
  }
  return heard[0] ?? new Uint8Array(0);
}

function exchangeOf(expect: ReplyExpectation, expectedLength: number): Exchange {
  return {
    request: expect.request,
    reply: {
      scan: (received) => scanReply(received, expect),
      diagnose: (received) => diagnoseReply(received, expect),
      expectedLength,
    },
  };
}
