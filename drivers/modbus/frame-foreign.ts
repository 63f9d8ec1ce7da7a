/** What a whole frame was that is not the answer, in words. */
import { EXCEPTION_FLAG, pduForms } from './frame-lengths.ts';
import type { ReplyDiagnosis } from '../contract.ts';
import type { ReplyExpectation } from './frame-reply.ts';

export interface HeardFrame {
  readonly unit: number;
  readonly pdu: Uint8Array;
  /** Of the whole frame. */
  readonly length: number;
  /** Modbus TCP only. */
  readonly transaction?: number;
}

type Wanted = ReplyExpectation & { readonly transaction?: number };

/** Null where no whole frame was heard. A reply says more than a request: an echo comes before it. */
export function foreignReply(heard: readonly HeardFrame[], expect: Wanted): ReplyDiagnosis | null {
  const frame = heard.find((one) => !isRequest(one)) ?? heard[0];
  if (frame === undefined) return null;
  if (isRequest(frame)) return { code: 'foreign', message: requestHeard(frame) };
  return lateReply(frame, expect) ?? { code: 'foreign', message: difference(frame, expect) };
}

function isRequest({ pdu }: HeardFrame): boolean {
  const fitting = pduForms(pdu, 0).filter(({ length }) => length === pdu.length);
  return fitting.length > 0 && fitting.every(({ direction }) => direction === 'request');
}

function requestHeard(frame: HeardFrame): string {
  return `heard a request to unit ${frame.unit} (function ${functionOf(frame)}) instead of an answer: an echo of the adapter, or a second master`;
}

/** The device is alive and slow: what was asked now, it has not answered in time either. */
function lateReply(frame: HeardFrame, { unit, isLate }: Wanted): ReplyDiagnosis | null {
  const { pdu, length, transaction } = frame;
  const fc = functionOf(frame);
  const isException = pdu[0] !== fc;
  if (frame.unit !== unit || isLate?.({ fc, isException, length, transaction }) !== true) return null;
  const message = `no answer from unit ${unit}; its late reply to an earlier request came (function ${fc}, ${length} bytes)`;
  return { code: 'timeout', message };
}

function difference(frame: HeardFrame, expect: Wanted): string {
  const { unit, length, transaction } = frame;
  const fc = functionOf(frame);
  if (unit !== expect.unit) {
    return `unit ${unit} answered instead of unit ${expect.unit} (function ${fc}, ${length} bytes)`;
  }
  if (transaction !== expect.transaction) {
    return `unit ${unit} answered transaction ${transaction ?? 0}, which does not wait for an answer, instead of ${expect.transaction ?? 0}`;
  }
  if (fc !== expect.fc) {
    return `unit ${unit} answered function ${fc} where function ${expect.fc} was asked (${length} bytes)`;
  }
  if (length !== expect.replyLength) {
    return `unit ${unit} answered function ${fc} with ${length} bytes where ${expect.replyLength} were expected`;
  }
  return `unit ${unit} answered function ${fc} with other data than a reply to this request has`;
}

function functionOf({ pdu }: HeardFrame): number {
  return (pdu[0] ?? 0) & ~EXCEPTION_FLAG;
}
