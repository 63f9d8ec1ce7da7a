/** The fields of one frame, by the names that captures use. */
import { hex } from '../bytes/hex.ts';
import { hexByte, hexWord } from './code-text.ts';
import { functionName, isErrorReply, isReply, isWrite, functionOf, READ_ADDRESS } from './control-codes.ts';
import { readDi, type DiOrder } from './data-identifier.ts';
import { decodeItem } from './decode-item.ts';
import { decodeStatus, refusalStatus, type StBitOrder } from './decode-status.ts';
import { itemFields, statusFields, type Fields } from './explain-values.ts';
import type { Frame } from './frame.ts';
import { inferLayout } from './infer-layout.ts';
import { isKnownDi, itemName, type LayoutName } from './layouts.ts';
import { familyOf, meterTypeName } from './meter-types.ts';
import { VALVE, valveCommandOf } from './write-items.ts';

export interface FrameOptions {
  readonly layout?: LayoutName | undefined;
  readonly stBitOrder?: StBitOrder | undefined;
  /** The order of the request before, where both orders make sense. */
  readonly diOrder?: DiOrder | undefined;
}

/** Before the data of a frame that is no error reply: DI0 DI1 SER. */
const DI_AND_SER = 3;

export function explainFrame(frame: Frame, options: FrameOptions): Fields {
  const { meterType, address, control, data } = frame;
  return {
    meterType: hexByte(meterType),
    meterTypeName: meterTypeName(meterType),
    address,
    control: hexByte(control),
    function: functionName(control),
    dir: isReply(control) ? 'reply' : 'request',
    length: data.length,
    ...(isErrorReply(control) ? explainError(data, options) : explainData(frame, options)),
  };
}

function explainError(data: Uint8Array, { stBitOrder = 'low-first' }: FrameOptions): Fields {
  const known = { errorReply: true, raw: hex(data) };
  const { ser, status } = refusalStatus(data);
  if (status.length === 0) {
    return { ...known, reason: `an error reply has SER and two status bytes, or one: here are ${data.length} bytes` };
  }
  return {
    ...known,
    ...(ser === null ? {} : { ser: hexByte(ser) }),
    ...statusFields(decodeStatus(status, stBitOrder)),
  };
}

function explainData(frame: Frame, options: FrameOptions): Fields {
  const { data, control } = frame;
  const identifier = readDi(data, isKnownDi, options.diOrder);
  const ser = data[DI_AND_SER - 1];
  if (identifier === null || ser === undefined) {
    return data.length === 0 ? {} : { raw: hex(data), reason: 'too short for DI and SER' };
  }
  const { di, order } = identifier;
  const rest = data.subarray(DI_AND_SER);
  const known = { di: hexWord(di), diOrder: `${order}-first`, ser: hexByte(ser) };
  if (isReply(control) && isWrite(control)) return { ...known, ...explainAcknowledgement(di, rest, options) };
  if (isReply(control) && functionOf(control) === READ_ADDRESS && rest.length === 0) {
    return { ...known, item: 'address', meterAddress: frame.address };
  }
  if (!isReply(control) && !isWrite(control)) {
    return { ...known, item: itemName(di) ?? 'unknown item', ...(rest.length === 0 ? {} : { raw: hex(rest) }) };
  }
  return { ...known, ...explainItem(di, frame, rest, options) };
}

/** A write is answered with ST1 ST2; some meters send ST1 alone, or neither. */
function explainAcknowledgement(di: number, rest: Uint8Array, options: FrameOptions): Fields {
  const known = { item: itemName(di) ?? 'unknown item' };
  if (rest.length === 0) return known;
  if (rest.length > 2) return { ...known, raw: hex(rest), reason: 'more than a status' };
  return { ...known, ...statusFields(decodeStatus(rest, options.stBitOrder ?? 'low-first')) };
}

function explainItem(di: number, { meterType, control }: Frame, rest: Uint8Array, options: FrameOptions): Fields {
  const { layout: wanted, stBitOrder = 'low-first' } = options;
  const { family, layout } =
    wanted === undefined ? inferLayout(di, meterType, rest) : { family: familyOf(meterType), layout: wanted };
  const decoded = decodeItem(di, rest, { family, layout, stBitOrder });
  const isUnread = decoded.fields.length === 0 && rest.length > 0;
  return {
    item: decoded.item ?? 'unknown item',
    ...(decoded.ago === undefined ? {} : { ago: decoded.ago }),
    ...(layout === 'standard' ? {} : { layout, ...(wanted === undefined ? { layoutGuessed: true } : {}) }),
    ...(family === familyOf(meterType) || family === null ? {} : { readAs: `${family} meter` }),
    ...(isUnread || isWrite(control) ? { raw: hex(rest) } : {}),
    ...(di === VALVE && rest[0] !== undefined ? valveFields(rest[0]) : itemFields(decoded)),
  };
}

function valveFields(code: number): Fields {
  const valveCmd = valveCommandOf(code);
  return { valveCmd, ...(valveCmd === null ? { reason: `no source gives the valve code ${hexByte(code)}` } : {}) };
}
