/** Modbus TCP frames: MBAP header and PDU. Delimiting only; what they mean is decode.ts. */
import { spacedHex } from '../bytes/hex.ts';
import type { ReplyDiagnosis, ReplyScan } from '../contract.ts';
import { foreignReply, type HeardFrame } from './frame-foreign.ts';
import { BEFORE_COUNTED, mbapAt, MBAP_LENGTH, mbapFault } from './frame-mbap.ts';
import { answerPdu, type ReplyExpectation } from './frame-reply.ts';
import { findRtuFrames } from './frame-rtu-find.ts';

/** `replyLength` counts the MBAP header. */
export interface TcpExpectation extends ReplyExpectation {
  readonly transaction: number;
}

/** The frame that carries `pdu` to or from `unit`. */
export function sealTcp(transaction: number, unit: number, pdu: Uint8Array): Uint8Array {
  const frame = new Uint8Array(MBAP_LENGTH + pdu.length);
  const view = new DataView(frame.buffer);
  view.setUint16(0, transaction);
  view.setUint16(4, pdu.length + 1);
  frame[BEFORE_COUNTED] = unit;
  frame.set(pdu, MBAP_LENGTH);
  return frame;
}

/**
 * Finds the answer in all that has arrived, wherever it begins. Late replies carry another transaction id and are passed
 * over. Header, function and length must match: no other frame's data do so by chance.
 */
export function scanTcpReply(received: Uint8Array, expect: TcpExpectation): ReplyScan {
  for (let start = 0; start + MBAP_LENGTH < received.length; start++) {
    const header = mbapAt(received, start);
    if (header?.transaction !== expect.transaction || header.unit !== expect.unit) continue;
    const pdu = answerPdu(received, start + MBAP_LENGTH, expect.replyLength - MBAP_LENGTH, expect);
    if (pdu === null || header.end !== start + MBAP_LENGTH + pdu || header.end > received.length) continue;
    return { state: 'reply', start, end: header.end };
  }
  return { state: 'incomplete' };
}

/** What the bytes amount to that are not the answer, when time is up; in words for an engineer on site. */
export function diagnoseTcpReply(received: Uint8Array, expect: TcpExpectation): ReplyDiagnosis {
  if (received.length === 0) return { code: 'timeout', message: `no answer from unit ${expect.unit}` };
  const { heard, rest } = readInStep(received);
  if (tcpStreamBroken(received)) return outOfStep(rest);
  const foreign = foreignReply(heard, expect);
  if (foreign !== null) return foreign;
  const { unit, replyLength } = expect;
  const said = mbapAt(rest, 0)?.end ?? replyLength;
  const other = said === replyLength ? '' : `, where ${replyLength} were expected`;
  return { code: 'timeout', message: `only ${rest.length} of ${said} bytes came from unit ${unit}${other}` };
}

/**
 * Whether frame after frame leads to a header that cannot be one. TCP loses nothing: the peer does not speak Modbus TCP
 * or one of the two has lost its place, and only a new connection helps.
 */
export function tcpStreamBroken(received: Uint8Array): boolean {
  return mbapFault(readInStep(received).rest, 0) !== null;
}

function readInStep(received: Uint8Array): { readonly heard: readonly HeardFrame[]; readonly rest: Uint8Array } {
  const heard: HeardFrame[] = [];
  let at = 0;
  for (let header = mbapAt(received, 0); header !== null && header.end <= received.length;) {
    const { transaction, unit, end } = header;
    heard.push({ transaction, unit, pdu: received.subarray(at + MBAP_LENGTH, end), length: end - at });
    at = end;
    header = mbapAt(received, at);
  }
  return { heard, rest: received.subarray(at) };
}

function outOfStep(rest: Uint8Array): ReplyDiagnosis {
  const advice = findRtuFrames(rest).some(({ ok }) => ok)
    ? 'Modbus RTU frames come over this connection: the device server is in transparent mode'
    : `what arrived is no Modbus TCP frame: ${spacedHex(rest)}`;
  return { code: 'checksum', message: advice };
}
