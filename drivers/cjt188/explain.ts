/** Explains captured bytes, frame by frame, for a person with a cable and a doubt. */
import { hex } from '../bytes/hex.ts';
import { readDi, type DiOrder } from './data-identifier.ts';
import type { StBitOrder } from './decode-status.ts';
import { explainFrame } from './explain-frame.ts';
import type { Fields } from './explain-values.ts';
import { findFrames } from './frame-find.ts';
import type { FoundFrame, UndecodableBytes, WholeFrame } from './frame-found.ts';
import { ENVELOPE_LENGTH, openFrame, type Frame } from './frame.ts';
import { isReply } from './control-codes.ts';
import { isKnownDi, type LayoutName } from './layouts.ts';

/**
 * One frame, or the bytes between two. Plain JSON; offsets and lengths in bytes. Wake-up bytes belong to the entry after
 * them, which has their number: `fields.preambleFE`, `error.preambleFE`.
 */
export type DecodeEntry =
  { readonly ok: true; readonly offset: number; readonly length: number; readonly fields: Fields } | UndecodableBytes;

export interface ExplainOptions {
  /** Undefined: guessed from the units in the data. */
  readonly layout?: LayoutName;
  readonly stBitOrder?: StBitOrder;
}

/** Explains every frame in `bytes`, in order; the entries cover all bytes. Never throws. */
export function explainStream(_protocol: 'cjt188', bytes: Uint8Array, options: ExplainOptions = {}): DecodeEntry[] {
  const found = findFrames(bytes);
  let asked: Frame | null = null;
  return found.map((entry, i) => {
    if (!entry.ok) return entry;
    const { offset, length, preambleFE } = entry;
    const frame = openFrame(bytes.subarray(offset, offset + length));
    const order = isReply(frame.control) && asked?.address === frame.address ? orderOf(asked) : undefined;
    asked = isReply(frame.control) ? null : frame;
    const trailing = trailingBytes(bytes, entry, found.slice(i + 1, i + 4));
    const fields = { preambleFE, ...explainFrame(frame, { ...options, diOrder: order }), ...trailing };
    return { ok: true, offset, length, fields };
  });
}

function orderOf({ data }: Frame): DiOrder | undefined {
  return readDi(data, isKnownDi)?.order;
}

/** What a radio or a concentrator appends to a frame, such as its signal strength: fewer bytes than a frame has. */
function trailingBytes(bytes: Uint8Array, frame: WholeFrame, after: readonly FoundFrame[]): { trailing?: string } {
  const start = frame.offset + frame.length;
  const next = after.find(({ ok }) => ok);
  const end = next?.ok === true ? next.offset - next.preambleFE : bytes.length;
  return end > start && end - start < ENVELOPE_LENGTH ? { trailing: hex(bytes.subarray(start, end)) } : {};
}
