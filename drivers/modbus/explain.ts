/** Explains captured bytes, frame by frame, for a person with a cable and a doubt. */
import { hex } from '../bytes/hex.ts';
import { explainPdu, type Fields } from './explain-pdu.ts';
import type { FrameError } from './frame-found.ts';
import { EXCEPTION_FLAG, pduForms, type Direction } from './frame-lengths.ts';
import { illegality } from './frame-limits.ts';
import { MBAP_LENGTH } from './frame-mbap.ts';
import { findRtuFrames } from './frame-rtu-find.ts';
import { findTcpFrames } from './frame-tcp-find.ts';
import { functionName } from './functions.ts';

/** One frame, or the bytes between two. Plain JSON; offsets and lengths in bytes. */
export type DecodeEntry =
  | { readonly ok: true; readonly offset: number; readonly length: number; readonly fields: Fields }
  | { readonly ok: false; readonly offset: number; readonly length: number; readonly error: FrameError };

interface Frame {
  readonly transaction?: number;
  readonly unit: number;
  readonly pdu: Uint8Array;
}

/**
 * Explains every frame in `bytes`, in order; the entries cover all bytes. A reply right after its request is read with what
 * the request asked: a reply alone has its bits in whole bytes.
 *
 * Where both a request and a reply have a frame's shape, it is a reply if the frame before is another request to the same
 * unit and function; otherwise a request, unless no device may accept that. Such a frame has the field `alsoFits`.
 */
export function explainStream(protocol: 'modbus-rtu' | 'modbus-tcp', bytes: Uint8Array): DecodeEntry[] {
  const found = protocol === 'modbus-rtu' ? findRtuFrames(bytes) : findTcpFrames(bytes);
  const open = protocol === 'modbus-rtu' ? openRtu : openTcp;
  let before: Frame | null = null;
  return found.map((entry) => {
    if (!entry.ok) return entry;
    const { offset, length } = entry;
    const frame = open(bytes.subarray(offset, offset + length));
    const asked = before !== null && isRequestFor(before, frame) ? before : null;
    const fields = explainFrame(frame, asked);
    before = frame;
    return { ok: true, offset, length, fields };
  });
}

function openRtu(frame: Uint8Array): Frame {
  return { unit: frame[0] ?? 0, pdu: frame.subarray(1, -2) };
}

function openTcp(frame: Uint8Array): Frame {
  const [high = 0, low = 0] = frame;
  return { transaction: high * 256 + low, unit: frame[MBAP_LENGTH - 1] ?? 0, pdu: frame.subarray(MBAP_LENGTH) };
}

/** Whether `before` asks what `frame` may answer. The same request once more is no answer. */
function isRequestFor(before: Frame, frame: Frame): boolean {
  return (
    before.unit === frame.unit &&
    before.transaction === frame.transaction &&
    functionOf(before) === functionOf(frame) &&
    hex(before.pdu) !== hex(frame.pdu) &&
    fittingDirections(before.pdu).includes('request')
  );
}

function explainFrame(frame: Frame, asked: Frame | null): Fields {
  const { transaction, unit, pdu } = frame;
  const fitting = fittingDirections(pdu);
  const [only = 'either'] = fitting;
  const direction = fitting.length < 2 ? only : asked !== null || illegality(pdu) !== null ? 'reply' : 'request';
  const other = fitting.find((one) => one !== direction);
  const fc = functionOf(frame);
  return {
    ...(transaction === undefined ? {} : { transaction }),
    unit,
    fc,
    function: functionName(fc),
    direction,
    ...(other === undefined ? {} : { alsoFits: other }),
    ...explainPdu(pdu, direction, asked?.pdu),
  };
}

function fittingDirections(pdu: Uint8Array): Direction[] {
  return pduForms(pdu, 0).flatMap(({ direction, length }) => (length === pdu.length ? [direction] : []));
}

function functionOf({ pdu }: Frame): number {
  return (pdu[0] ?? 0) & ~EXCEPTION_FLAG;
}
