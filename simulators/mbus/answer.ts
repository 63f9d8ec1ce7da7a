/** What a slave answers to a frame, and what has changed in it: EN 13757-2 (link layer), EN 13757-3 (application). */
import { ACK, openFrame, sealLong, type Frame } from '../../drivers/mbus/frame.ts';
import { BAUD_OF_CI, BROADCAST_ADDRESS, CI, CONTROL, ERROR, SELECTED_ADDRESS, TEST_ADDRESS } from './codes.ts';
import type { SlaveMoment } from './moment.ts';
import { readout, withAccess } from './readout.ts';
import { isSelectedBy } from './secondary.ts';
import { AFTER_RESET, type MbusState } from './state.ts';
import { written } from './write.ts';

export interface MbusOutcome {
  readonly state: MbusState;
  readonly reply: Uint8Array | 'broadcast' | 'silent' | 'foreign';
}

type LongFrame = Extract<Frame, { kind: 'long' }>;

const ACKNOWLEDGED = Uint8Array.of(ACK);

/** `request`: one whole frame. The delay is the caller's. */
export function answerFrame(moment: SlaveMoment, request: Uint8Array): MbusOutcome {
  const { model, state, local } = moment;
  const outcome = answerAlive(moment, openFrame(request));
  const isDead = model.deadFrom !== null && local >= model.deadFrom;
  return isDead && outcome.reply !== 'foreign' ? { state, reply: 'silent' } : outcome;
}

function answerAlive(moment: SlaveMoment, frame: Frame): MbusOutcome {
  const { state } = moment;
  if (frame.kind === 'ack') return { state, reply: 'foreign' };
  if (frame.kind === 'long' && isSelection(frame)) return select(moment, frame.data);
  const { address } = frame;
  const isOwn = address === SELECTED_ADDRESS ? state.isSelected : address === state.primary || address === TEST_ADDRESS;
  if (!isOwn && address !== BROADCAST_ADDRESS) return { state, reply: 'foreign' };
  const outcome = carryOut(moment, frame);
  return address === BROADCAST_ADDRESS ? { ...outcome, reply: 'broadcast' } : outcome;
}

function carryOut(moment: SlaveMoment, frame: Exclude<Frame, { kind: 'ack' }>): MbusOutcome {
  const { state } = moment;
  const { control, address } = frame;
  if (frame.kind === 'long') {
    return isKind(control, CONTROL.sndUd) ? receive(moment, frame) : { state, reply: 'silent' };
  }
  if (control === CONTROL.sndNke) return reset(moment, address);
  // No alarm waits: class 1 data are not there.
  if (isKind(control, CONTROL.reqUd1)) return { state, reply: ACKNOWLEDGED };
  return isKind(control, CONTROL.reqUd2) ? respond(moment, control, address) : { state, reply: 'silent' };
}

/** Whether C is this function, whatever its frame count bits say. */
function isKind(control: number, kind: number): boolean {
  const bits = CONTROL.fcb | CONTROL.fcv;
  return (control & ~bits) === (kind & ~bits);
}

function isSelection({ control, address, ci }: LongFrame): boolean {
  return isKind(control, CONTROL.sndUd) && address === SELECTED_ADDRESS && ci === CI.select;
}

/** One that is not meant is not selected any more. */
function select({ model, state }: SlaveMoment, asked: Uint8Array): MbusOutcome {
  const own = { ...model, id: state.id };
  if (!isSelectedBy(asked, own, model.fabrication)) return { state: { ...state, isSelected: false }, reply: 'foreign' };
  return { state: { ...state, ...AFTER_RESET, isSelected: true }, reply: ACKNOWLEDGED };
}

/** SND_NKE; to FD it ends the selection, to FF everybody's. */
function reset({ model, state }: SlaveMoment, address: number): MbusOutcome {
  const isSelected = state.isSelected && address !== SELECTED_ADDRESS && address !== BROADCAST_ADDRESS;
  const reply = model.isMuteToReset ? 'silent' : ACKNOWLEDGED;
  return { state: { ...state, ...AFTER_RESET, isSelected, error: null }, reply };
}

/** A new frame count bit asks for the next telegram, the old one for the same bytes once more. */
function respond(moment: SlaveMoment, control: number, asked: number): MbusOutcome {
  const { model, state } = moment;
  const fcb: 0 | 1 = (control & CONTROL.fcb) === 0 ? 0 : 1;
  const counts = (control & CONTROL.fcv) !== 0;
  if (counts && !model.ignoresFcb && fcb === state.lastFcb && state.lastReply !== null) {
    return { state, reply: state.lastReply };
  }
  const address = model.repliesAs === 'asked' ? asked : state.primary;
  const access = (state.access + 1) % 256;
  const seal = (body: Uint8Array): Uint8Array => sealLong(CONTROL.rspUd, address, body[0] ?? 0, body.subarray(1));
  const before: MbusState = { ...state, access, lastFcb: counts ? fcb : state.lastFcb };
  if (state.error !== null) {
    const lastReply = seal(Uint8Array.of(CI.applicationError, state.error));
    return { state: { ...before, error: null, lastReply }, reply: lastReply };
  }
  const isNext = counts && !model.ignoresFcb && state.telegram + 1 < state.readout.length;
  const telegram = isNext ? state.telegram + 1 : 0;
  const bodies = isNext ? state.readout : readout(model, { ...moment, id: state.id });
  const lastReply = seal(withAccess(bodies[telegram] ?? Uint8Array.of(CI.applicationError, ERROR.unspecified), access));
  const after = counts ? { ...before, readout: bodies, telegram, lastReply } : before;
  return { state: after, reply: lastReply };
}

/** SND_UD is acknowledged whatever it says; what cannot be carried out is reported when data are asked for. */
function receive(moment: SlaveMoment, { ci, data }: LongFrame): MbusOutcome {
  const { state } = moment;
  const baud = BAUD_OF_CI.get(ci);
  if (baud !== undefined) return { state: { ...state, baud }, reply: ACKNOWLEDGED };
  switch (ci) {
    case CI.applicationReset:
      return { state: { ...state, ...AFTER_RESET, error: null }, reply: ACKNOWLEDGED };
    case CI.data:
      return { state: written(moment, data), reply: ACKNOWLEDGED };
    case CI.synchronize:
      return { state, reply: ACKNOWLEDGED };
    default:
      return { state: { ...state, error: ERROR.unknownCi }, reply: ACKNOWLEDGED };
  }
}
