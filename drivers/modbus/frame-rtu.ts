/** Modbus RTU frames: unit, PDU, CRC. MODBUS over Serial Line V1.02, 2.5.1. Delimiting only; what they mean is decode.ts. */
import { crc16Modbus } from '../bytes/crc16.ts';
import { spacedHex } from '../bytes/hex.ts';
import type { ReplyDiagnosis, ReplyScan } from '../contract.ts';
import { foreignReply, type HeardFrame } from './frame-foreign.ts';
import { EXCEPTION_FLAG, EXCEPTION_PDU } from './frame-lengths.ts';
import type { WholeFrame } from '../bytes/found.ts';
import { answerPdu, type ReplyExpectation } from './frame-reply.ts';
import { findRtuFrames } from './frame-rtu-find.ts';
import { crcError } from './frame-rtu-stretch.ts';

/** Unit and CRC: what an RTU frame has besides its PDU. */
const ENVELOPE = 3;
const SHORTEST_ANSWER = 5;

/** `replyLength` counts the unit and the CRC. */
export type RtuExpectation = ReplyExpectation;

/** The frame that carries `pdu` to or from `unit`. */
export function sealRtu(unit: number, pdu: Uint8Array): Uint8Array {
  const frame = new Uint8Array(pdu.length + ENVELOPE);
  frame[0] = unit;
  frame.set(pdu, 1);
  const crc = crc16Modbus(frame, 0, pdu.length + 1);
  frame[pdu.length + 1] = crc & 0xff;
  frame[pdu.length + 2] = crc >>> 8;
  return frame;
}

/**
 * Finds the answer in all that has arrived, wherever it begins: wake-up bytes, noise, frames of other units and late
 * replies of another shape are passed over. Only a place that looks like the answer costs a CRC.
 */
export function scanRtuReply(received: Uint8Array, expect: RtuExpectation): ReplyScan {
  for (let start = 0; start + SHORTEST_ANSWER <= received.length; start++) {
    const length = answerLength(received, start, expect);
    if (length === null || start + length > received.length) continue;
    if (crc16Modbus(received, start, start + length) === 0) return { state: 'reply', start, end: start + length };
  }
  return { state: 'incomplete' };
}

/** Finds any whole reply of `unit` to a read, be it with data or an exception. Modbus Application Protocol V1.1b3, 6.1 to 6.4. */
export function scanRtuReadReply(received: Uint8Array, unit: number): ReplyScan {
  for (let start = 0; start + SHORTEST_ANSWER <= received.length; start++) {
    if (received[start] !== unit) continue;
    const end = start + readReplyLength(received, start);
    if (end > start && end <= received.length && crc16Modbus(received, start, end) === 0)
      return { state: 'reply', start, end };
  }
  return { state: 'incomplete' };
}

/** 0 where no reply to a read begins at `start`. */
function readReplyLength(received: Uint8Array, start: number): number {
  const fc = received[start + 1] ?? 0;
  const read = fc & ~EXCEPTION_FLAG;
  if (read < 1 || read > 4) return 0;
  return ENVELOPE + (read === fc ? 2 + (received[start + 2] ?? 0) : EXCEPTION_PDU);
}

/** What the bytes amount to that are not the answer, when time is up; in words for an engineer on site. */
export function diagnoseRtuReply(received: Uint8Array, expect: RtuExpectation): ReplyDiagnosis {
  if (received.length === 0) return { code: 'timeout', message: `no answer from unit ${expect.unit}` };
  const heard = findRtuFrames(received).flatMap((frame) => (frame.ok ? [heardIn(received, frame)] : []));
  const foreign = foreignReply(heard, expect);
  if (foreign !== null) return foreign;
  for (let start = 0; start < received.length; start++) {
    const length = answerLength(received, start, expect);
    if (length !== null) return damaged(received.subarray(start), length, expect.unit);
  }
  return {
    code: 'checksum',
    message: `what arrived is no Modbus RTU frame: ${spacedHex(received)} (${received.length} bytes)`,
  };
}

function answerLength(received: Uint8Array, start: number, expect: RtuExpectation): number | null {
  if (received[start] !== expect.unit) return null;
  const pdu = answerPdu(received, start + 1, expect.replyLength - ENVELOPE, expect);
  return pdu === null ? null : pdu + ENVELOPE;
}

function heardIn(received: Uint8Array, { offset, length }: WholeFrame): HeardFrame {
  return { unit: received[offset] ?? 0, pdu: received.subarray(offset + 1, offset + length - 2), length };
}

/** `bytes` begins as the answer does, and is too short for it or has a wrong CRC. */
function damaged(bytes: Uint8Array, length: number, unit: number): ReplyDiagnosis {
  if (bytes.length < length) {
    return { code: 'timeout', message: `only ${bytes.length} of ${length} bytes came from unit ${unit}` };
  }
  return { code: 'checksum', message: `the reply of unit ${unit} is damaged: ${crcError(bytes, 0, length).message}` };
}
