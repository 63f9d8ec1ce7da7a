/** What the answer to a request looks like, on whatever medium. */
import { EXCEPTION_FLAG, EXCEPTION_PDU, replyCountsBytes } from './frame-lengths.ts';

export interface ReplyExpectation {
  readonly unit: number;
  readonly fc: number;
  /** Bytes of the whole normal reply: RTU with unit and CRC (PDU + 3), TCP with the MBAP header (PDU + 7). */
  readonly replyLength: number;
  /** FC 5, 6, 15, 16: what follows the function in a normal reply, namely address and value, or address and count. */
  readonly echoOf?: Uint8Array | undefined;
  /** Whether a frame of this unit is the answer to a request that was sent before and not answered in time. */
  readonly isLate?: (heard: HeardReply) => boolean;
}

export interface HeardReply {
  /** Of the request that it answers, also where it is an exception. */
  readonly fc: number;
  readonly isException: boolean;
  /** Of the whole frame. */
  readonly length: number;
  /** Modbus TCP only. */
  readonly transaction?: number | undefined;
}

/**
 * The length of the PDU if the answer's begins at `bytes[start]`: an exception, or the normal reply of `normalLength`
 * bytes. Null where it does not. Bytes that have not come yet fit.
 */
export function answerPdu(
  bytes: Uint8Array,
  start: number,
  normalLength: number,
  { fc, echoOf }: Pick<ReplyExpectation, 'fc' | 'echoOf'>,
): number | null {
  const found = bytes[start] ?? fc;
  if (found === (fc | EXCEPTION_FLAG)) return EXCEPTION_PDU;
  if (found !== fc) return null;
  if (echoOf !== undefined) {
    return echoOf.every((byte, i) => byte === (bytes[start + 1 + i] ?? byte)) ? normalLength : null;
  }
  const count = normalLength - 2;
  return !replyCountsBytes(fc) || (bytes[start + 1] ?? count) === count ? normalLength : null;
}
