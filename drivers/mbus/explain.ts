/** Explains captured bytes, frame by frame, for a person with a cable and a doubt. */
import type { DecodeEntry, Explanation } from './explain-entry.ts';
import { findFrames } from './frame-find.ts';
import { openFrame, type Frame } from './frame.ts';
import { explainReply } from './explain-reply.ts';
import { explainRequest } from './explain-request.ts';
import { controlOf } from './frame-control.ts';

export type { DecodeEntry, Fields, FieldValue } from './explain-entry.ts';

/** Explains every frame in `bytes`, in order; the entries cover all bytes. Never throws. */
export function explainStream(_protocol: 'mbus', bytes: Uint8Array): DecodeEntry[] {
  return findFrames(bytes).map((entry) => {
    if (!entry.ok) return entry;
    const { offset, length } = entry;
    return { offset, length, ...explainFrame(openFrame(bytes.subarray(offset, offset + length))) };
  });
}

function explainFrame(frame: Frame): Explanation {
  if (frame.kind === 'ack') return { ok: true, fields: { frame: 'E5', meaning: 'acknowledgement' } };
  const reply = frame.kind === 'long' && !controlOf(frame.control).fromMaster;
  return reply ? explainReply(frame) : explainRequest(frame);
}
