/** What a CJ/T 188 meter says to a request: whether it is meant, in which order it writes identifiers, how it refuses. */
import {
  ANY_ADDRESS,
  ANY_TYPE,
  ERROR_FLAG,
  openFrame,
  REPLY_FLAG,
  sealFrame,
  type Frame,
} from '../../drivers/cjt188/frame.ts';
import type { DiOrder } from './model.ts';
import type { Moment } from './moment.ts';
import { wakeUpsOf } from './protocol.ts';
import { answerRead } from './reads.ts';
import { CONTROL, SILENT, type Answer, type Request } from './request.ts';
import type { Cjt188State } from './state.ts';
import { statusBytes } from './status.ts';
import { answerWrite } from './writes.ts';

export interface Outcome {
  readonly state: Cjt188State;
  /** `'foreign'`: another meter is meant. `'silent'`: this one, which has nothing to say. */
  readonly reply: Uint8Array | 'foreign' | 'silent';
}

/** What the meter answers to a request with its wake-up bytes, and what has changed in it. The delay is the caller's. */
export function answerRequest(moment: Moment, heard: Uint8Array): Outcome {
  const { model, state, local } = moment;
  const wakeUps = wakeUpsOf(heard);
  const frame = openFrame(heard.subarray(wakeUps));
  if (!isMeant(moment, frame)) return { state, reply: 'foreign' };
  const silence: Outcome = { state, reply: 'silent' };
  if ((model.deadFrom !== null && local >= model.deadFrom) || wakeUps < model.needsWakeUps) return silence;
  const [first, second, ser] = frame.data;
  if (first === undefined || second === undefined || ser === undefined) return silence;
  const order = orderOf(first, second);
  const replyOrder = order === null ? null : replyOrderOf(model.diOrder, order);
  if (replyOrder === null) return silence;
  const di = order === 'high' ? first * 256 + second : second * 256 + first;
  const request: Request = { control: frame.control, di, data: frame.data.subarray(3) };
  const answer = answerTo(moment, request);
  if (answer.kind === 'silent' || (answer.kind === 'refused' && model.refusal === 0)) return silence;
  const changed = answer.kind === 'data' ? (answer.state ?? state) : state;
  const after = { ...changed, ser: model.ser === 'echo' ? ser : (state.ser + 1) % 256 };
  return { state: after, reply: sealed({ ...moment, state: after }, request, answer, diBytes(di, replyOrder)) };
}

function isMeant({ model, state }: Moment, { meterType, address, control }: Frame): boolean {
  const isType = meterType === ANY_TYPE || model.answersTo.includes(meterType);
  return isType && (control & REPLY_FLAG) === 0 && (address === ANY_ADDRESS || address === state.address);
}

/** Every identifier of the standard has its high byte from 81 to D4, and its low byte below that but for the FF of D2FF to D4FF. */
function orderOf(first: number, second: number): 'high' | 'low' | null {
  const isHigh = (byte: number): boolean =>
    [0x81, 0x82, 0x90, 0x91, 0xa0, 0xa1].includes(byte) || (byte & 0xf0) === 0xd0;
  if (isHigh(first)) return 'high';
  return isHigh(second) ? 'low' : null;
}

/** Null: it does not know the identifier in the order that it was asked in. */
function replyOrderOf(known: DiOrder, asked: 'high' | 'low'): 'high' | 'low' | null {
  switch (known) {
    case 'both':
      return asked;
    case 'crossed':
      return asked === 'low' ? 'high' : null;
    case 'high':
    case 'low':
      return known === asked ? asked : null;
  }
}

function diBytes(di: number, order: 'high' | 'low'): readonly [number, number] {
  return order === 'high' ? [di >> 8, di & 0xff] : [di & 0xff, di >> 8];
}

function answerTo(moment: Moment, request: Request): Answer {
  switch (request.control) {
    case CONTROL.read:
    case CONTROL.readAddress:
    case CONTROL.readKey:
      return answerRead(moment, request);
    case CONTROL.write:
    case CONTROL.writeAddress:
    case CONTROL.writeBase:
    case CONTROL.makersWrite:
      return answerWrite(moment, request);
    default:
      return SILENT;
  }
}

/** A refusal is SER ST1 ST2, of which some makers send only the statuses, or ST1 alone. */
function sealed(moment: Moment, { control }: Request, answer: Answer, di: readonly number[]): Uint8Array {
  const { model, state } = moment;
  const refusal = Uint8Array.of(state.ser, ...statusBytes(moment));
  const shortest = model.refusal === 3 ? refusal : refusal.subarray(1, 1 + model.refusal);
  const isRefused = answer.kind !== 'data';
  const frame = sealFrame(
    {
      meterType: model.meterType,
      address: state.address,
      control: control | REPLY_FLAG | (isRefused ? ERROR_FLAG : 0),
      data: isRefused ? shortest : Uint8Array.of(...di, state.ser, ...answer.data),
    },
    model.wakeUps,
  );
  return Uint8Array.of(...frame, ...model.trailing);
}
