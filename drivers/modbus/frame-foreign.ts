/** What a whole frame was that is not the answer, in words. */
import { EXCEPTION_FLAG, pduForms } from './frame-lengths.ts';
import type { ReplyDiagnosis, ReplyExpectation } from './frame-reply.ts';

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
  return { code: 'foreign', message: isRequest(frame) ? requestHeard(frame) : difference(frame, expect) };
}

function isRequest({ pdu }: HeardFrame): boolean {
  const fitting = pduForms(pdu, 0).filter(({ length }) => length === pdu.length);
  return fitting.length > 0 && fitting.every(({ direction }) => direction === 'request');
}

function requestHeard(frame: HeardFrame): string {
  return `heard a request to unit ${frame.unit} (function ${functionOf(frame)}) instead of an answer: an echo of the adapter, or a second master`;
}

function difference(frame: HeardFrame, expect: Wanted): string {
  const { unit, length, transaction } = frame;
  const fc = functionOf(frame);
  if (transaction !== expect.transaction) {
    return `transaction ${transaction ?? 0} was answered where ${expect.transaction ?? 0} was asked: a late reply`;
  }
  if (unit !== expect.unit) {
    return `unit ${unit} answered instead of unit ${expect.unit} (function ${fc}, ${length} bytes)`;
  }
  if (fc !== expect.fc) {
    return `unit ${unit} answered function ${fc} where function ${expect.fc} was asked (${length} bytes): a late reply`;
  }
  if (length !== expect.replyLength) {
    return `unit ${unit} answered function ${fc} with ${length} bytes where ${expect.replyLength} were expected`;
  }
  return `unit ${unit} answered function ${fc} with other data than a reply to this request has`;
}

function functionOf({ pdu }: HeardFrame): number {
  return (pdu[0] ?? 0) & ~EXCEPTION_FLAG;
}
