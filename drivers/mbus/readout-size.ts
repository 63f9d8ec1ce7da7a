/** What a readout takes on the wire, for the line's budget. How long it is, a meter tells by its first one. */
import { z } from 'zod';
import type { Block } from '../contract.ts';
import { LONG_ENVELOPE, SHORT_LENGTH, LEAST_COUNTED } from './frame.ts';
import { LONGEST_REPLY } from './frame-reply.ts';
import type { MeterAddress, MeterReadout } from './read-meter.ts';
import { SECONDARY_LENGTH } from './secondary-address.ts';

const readoutSize = z.object({ telegrams: z.int().min(1), bytes: z.int().min(1) });

/** `bytes`: of all telegrams of one readout, as frames. */
export type ReadoutSize = Readonly<z.infer<typeof readoutSize>>;

/** Before a meter has been read: one telegram, as long as one can be. */
const UNKNOWN: ReadoutSize = { telegrams: 1, bytes: LONGEST_REPLY };

const ACKNOWLEDGEMENT = 1;
const SELECTION = SECONDARY_LENGTH + LEAST_COUNTED + LONG_ENVELOPE;

/** From the store. What this version does not understand is learned again. */
export function parseReadoutSize(stored: unknown): ReadoutSize {
  return readoutSize.safeParse(stored).data ?? UNKNOWN;
}

/** Null where a part of it is missing. */
export function sizeOf({ telegrams, bytes, complete }: MeterReadout): ReadoutSize | null {
  return complete ? { telegrams: telegrams.length, bytes } : null;
}

/** The longest readout so far: a meter that sends now more and now less teaches nothing new each time. */
export function longer(known: ReadoutSize, seen: ReadoutSize | null): ReadoutSize {
  if (seen === null || known === seen) return known;
  if (known === UNKNOWN) return seen;
  return seen.bytes > known.bytes || seen.telegrams > known.telegrams ? seen : known;
}

/** Reset or selection with its acknowledgement, then a request for each telegram. */
export function readoutLengths(
  address: MeterAddress,
  { telegrams, bytes }: ReadoutSize,
): Required<Pick<Block, 'requestLength' | 'replyLength' | 'exchanges' | 'longestReply'>> {
  const first = address.kind === 'primary' ? SHORT_LENGTH : SELECTION;
  return {
    requestLength: first + telegrams * SHORT_LENGTH,
    replyLength: ACKNOWLEDGEMENT + bytes,
    exchanges: 1 + telegrams,
    longestReply: Math.min(bytes, LONGEST_REPLY),
  };
}
