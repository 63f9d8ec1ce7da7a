/** One request to one meter, and its answer. */
import type { Exchange, Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { hexByte } from './code-text.ts';
import { isErrorReply, isWrite } from './control-codes.ts';
import type { DiOrder } from './data-identifier.ts';
import { decodeStatus, refusalStatus } from './decode-status.ts';
import { diagnoseReply, scanReply, type ReplyExpectation } from './frame-reply.ts';
import { ENVELOPE_LENGTH, openFrame, type Frame } from './frame.ts';
import { layoutLength } from './layout.ts';
import { findItem } from './layouts.ts';
import { addressOf, type MeterSettings } from './meter.ts';
import { familyOf } from './meter-types.ts';
import { sealRequest, type Request } from './requests.ts';

/** DI0 DI1 SER, before the data. */
const DI_AND_SER = 3;
const WAKE_UPS = 4;
/** Of a heat meter's reading: the longest that is common. */
const LONG_DATA = 43;

export interface Answer {
  /** T of the reply: some meters answer with another than they are asked with. */
  readonly meterType: number;
  readonly address: string;
  readonly ser: number;
  /** What follows SER. */
  readonly data: Uint8Array;
}

export interface Asking {
  readonly order: DiOrder;
  /** Taken modulo 256. */
  readonly ser: number;
  /** Whether the meter is known to answer with the SER of its request. Default false: some count by themselves. */
  readonly repeatsSer?: boolean;
}

/** Sends once. Rejects with DriverError; `refused` where the meter answers with an error, its first status byte as detail. */
export async function ask(meter: MeterSettings, link: Link, request: Request, asking: Asking): Promise<Answer> {
  const reply = openFrame(await link.exchange(exchangeOf(meter, request, asking)));
  const refusal = refusalIn(reply, meter);
  if (refusal !== null) throw refusal;
  const { meterType, address, data } = reply;
  return { meterType, address, ser: data[DI_AND_SER - 1] ?? 0, data: Uint8Array.from(data.subarray(DI_AND_SER)) };
}

function exchangeOf(meter: MeterSettings, request: Request, { order, ser, repeatsSer = false }: Asking): Exchange {
  const { control, di } = request;
  const expect: ReplyExpectation = {
    meterType: meter.meterType,
    address: addressOf(meter),
    control,
    di,
    ser: ser & 0xff,
    repeatsSer,
    isStrict: meter.strictReplies === true,
  };
  return {
    request: sealRequest(meter, request, order, ser),
    effect: isWrite(control),
    reply: {
      scan: (received) => scanReply(received, expect),
      diagnose: (received) => diagnoseReply(received, expect),
      expectedLength: WAKE_UPS + ENVELOPE_LENGTH + DI_AND_SER + answerLength(meter, request),
      refusal: (bytes) => refusalIn(openFrame(bytes), meter),
    },
  };
}

function answerLength({ meterType, layout }: MeterSettings, { control, di }: Request): number {
  if (isWrite(control)) return 2;
  const fields = findItem(di, familyOf(meterType), layout)?.fields;
  return fields === undefined ? LONG_DATA : layoutLength(fields);
}

/** The status has no bit for the reason. */
function refusalIn({ address, control, data }: Frame, { stBitOrder }: MeterSettings): DriverError | null {
  if (!isErrorReply(control)) return null;
  const said = refusalStatus(data).status;
  const status = decodeStatus(said, stBitOrder);
  const state = status.st === '' ? 'without a status' : `status ${status.st}, valve ${status.valve ?? 'unknown'}`;
  const message = `meter ${address} refuses (C ${hexByte(control)}): ${state}${status.batteryLow === true ? ', battery low' : ''}`;
  return new DriverError('refused', message, said[0]);
}
